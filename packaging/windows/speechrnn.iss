; The installer for Windows, made by Inno Setup 6:  iscc /DVersion=0.1.0 packaging\windows\speechrnn.iss
; For one user, without an administrator. What it packs is build\frozen\speechrnn, made by packaging\freeze.py.

#ifndef Version
  #error Name the version: iscc /DVersion=0.1.0
#endif

[Setup]
; Never changed: by it Windows knows that a newer version replaces an older one.
AppId={{6C0B4B0E-3C53-4E0C-9B5B-6C1B5D0E7A41}
AppName=SpeechRNN
AppVersion={#Version}
AppPublisher=the SpeechRNN authors
VersionInfoVersion={#Version}
DefaultDirName={autopf}\SpeechRNN
DefaultGroupName=SpeechRNN
DisableProgramGroupPage=yes
PrivilegesRequired=lowest
PrivilegesRequiredOverridesAllowed=dialog
ArchitecturesAllowed=x64compatible
ArchitecturesInstallIn64BitMode=x64compatible
; torch and Qt have no other.
MinVersion=10.0.17763
LicenseFile=..\licences\GPL-3.0.txt
OutputDir=..\..\dist
OutputBaseFilename=speechrnn-{#Version}-windows-amd64
SetupIconFile=..\..\build\icons\speechrnn.ico
UninstallDisplayIcon={app}\speechrnn-app.exe
Compression=lzma2/max
SolidCompression=yes
LZMAUseSeparateProcess=yes
WizardStyle=modern
ChangesEnvironment=yes
; A program that runs keeps its files: it is asked to close, and opened again.
CloseApplications=yes
RestartApplications=yes

[Languages]
Name: "en"; MessagesFile: "compiler:Default.isl"
Name: "de"; MessagesFile: "compiler:Languages\German.isl"
Name: "es"; MessagesFile: "compiler:Languages\Spanish.isl"

[Tasks]
Name: "desktop"; Description: "{cm:CreateDesktopIcon}"; Flags: unchecked
Name: "path"; Description: "Add the command speechrnn to the path"

[InstallDelete]
; Libraries of the version before must not lie beside those of this one.
Type: filesandordirs; Name: "{app}\_internal"

[Files]
Source: "..\..\build\frozen\speechrnn\*"; DestDir: "{app}"; Flags: ignoreversion recursesubdirs createallsubdirs

[Icons]
Name: "{group}\SpeechRNN"; Filename: "{app}\speechrnn-app.exe"
Name: "{autodesktop}\SpeechRNN"; Filename: "{app}\speechrnn-app.exe"; Tasks: desktop

[Registry]
; "Open with", for any file; no type is taken over.
Root: HKA; Subkey: "Software\Classes\Applications\speechrnn-app.exe\shell\open\command"; ValueType: string; ValueData: """{app}\speechrnn-app.exe"" ""%1"""; Flags: uninsdeletekey
Root: HKA; Subkey: "Software\Classes\Applications\speechrnn-app.exe"; ValueType: string; ValueName: "FriendlyAppName"; ValueData: "SpeechRNN"

[Run]
Filename: "{app}\speechrnn-app.exe"; Description: "{cm:LaunchProgram,SpeechRNN}"; Flags: nowait postinstall skipifsilent

[Code]
function PathKey(): String;
begin
  if IsAdminInstallMode() then
    Result := 'SYSTEM\CurrentControlSet\Control\Session Manager\Environment'
  else
    Result := 'Environment';
end;

procedure CurStepChanged(Step: TSetupStep);
var
  Path: String;
begin
  if (Step <> ssPostInstall) or not WizardIsTaskSelected('path') then
    exit;
  if not RegQueryStringValue(HKA, PathKey(), 'Path', Path) then
    Path := '';
  if Pos(';' + Uppercase(ExpandConstant('{app}')) + ';', ';' + Uppercase(Path) + ';') > 0 then
    exit;
  if (Path <> '') and (Path[Length(Path)] <> ';') then
    Path := Path + ';';
  RegWriteExpandStringValue(HKA, PathKey(), 'Path', Path + ExpandConstant('{app}'));
end;

procedure CurUninstallStepChanged(Step: TUninstallStep);
var
  Path, Own: String;
  Place: Integer;
begin
  if (Step <> usPostUninstall) or not RegQueryStringValue(HKA, PathKey(), 'Path', Path) then
    exit;
  Own := ';' + ExpandConstant('{app}');
  Path := ';' + Path;
  Place := Pos(Uppercase(Own) + ';', Uppercase(Path) + ';');
  if Place = 0 then
    exit;
  Delete(Path, Place, Length(Own));
  if (Path <> '') and (Path[1] = ';') then
    Delete(Path, 1, 1);
  RegWriteExpandStringValue(HKA, PathKey(), 'Path', Path);
end;
