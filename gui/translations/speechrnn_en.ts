<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>CaptionOverlay</name>
    <message numerus="yes">
        <source>%n line(s)</source>
        <translation>
            <numerusform>%n line</numerusform>
            <numerusform>%n lines</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>DoubtBar</name>
    <message numerus="yes">
        <source>%Ln doubtful word(s)</source>
        <translation>
            <numerusform>%Ln doubtful word</numerusform>
            <numerusform>%Ln doubtful words</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>FilesContent</name>
    <message numerus="yes">
        <source>Watching %n folder(s)</source>
        <translation>
            <numerusform>Watching %n folder</numerusform>
            <numerusform>Watching %n folders</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>LibraryModel</name>
    <message numerus="yes">
        <source>%Ln place(s)</source>
        <translation>
            <numerusform>%Ln place</numerusform>
            <numerusform>%Ln places</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln word(s)</source>
        <translation>
            <numerusform>%Ln word</numerusform>
            <numerusform>%Ln words</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ListView</name>
    <message numerus="yes">
        <source>%Ln recording(s)  ·  {hours} hours</source>
        <translation>
            <numerusform>%Ln recording  ·  {hours} hours</numerusform>
            <numerusform>%Ln recordings  ·  {hours} hours</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln place(s)</source>
        <translation>
            <numerusform>%Ln place</numerusform>
            <numerusform>%Ln places</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The first %Ln place(s)</source>
        <translation>
            <numerusform>The first place</numerusform>
            <numerusform>The first %Ln places</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{places} in %Ln recording(s)</source>
        <translation>
            <numerusform>{places} in %Ln recording</numerusform>
            <numerusform>{places} in %Ln recordings</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Recovered %n recording(s) after the program ended unexpectedly.</source>
        <translation>
            <numerusform>Recovered %n recording after the program ended unexpectedly.</numerusform>
            <numerusform>Recovered %n recordings after the program ended unexpectedly.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>LivePage</name>
    <message numerus="yes">
        <source>{time} recorded, %Ln word(s).</source>
        <translation>
            <numerusform>{time} recorded, %Ln word.</numerusform>
            <numerusform>{time} recorded, %Ln words.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>MusicTab</name>
    <message numerus="yes">
        <source>%n voice(s)</source>
        <translation>
            <numerusform>%n voice</numerusform>
            <numerusform>%n voices</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n note(s)</source>
        <translation>
            <numerusform>%n note</numerusform>
            <numerusform>%n notes</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Questions</name>
    <message numerus="yes">
        <source>Delete %n entries from the library?</source>
        <translation>
            <numerusform>Delete %n entry from the library?</numerusform>
            <numerusform>Delete %n entries from the library?</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Move the %n recordings to the bin too</source>
        <translation>
            <numerusform>Move the %n recording to the bin too</numerusform>
            <numerusform>Move the %n recordings to the bin too</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Telling</name>
    <message numerus="yes">
        <source>%n file(s) are not there: check their names and folders.</source>
        <translation>
            <numerusform>%n file is not there: check its name and folder.</numerusform>
            <numerusform>%n files are not there: check their names and folders.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) were transcribed before.</source>
        <translation>
            <numerusform>%n file was transcribed before.</numerusform>
            <numerusform>%n files were transcribed before.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) are in the queue already.</source>
        <translation>
            <numerusform>%n file is in the queue already.</numerusform>
            <numerusform>%n files are in the queue already.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n lie(s) there already.</source>
        <translation>
            <numerusform>%n lies there already.</numerusform>
            <numerusform>%n lie there already.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Wording</name>
    <message numerus="yes">
        <source>%Ln word(s)</source>
        <translation>
            <numerusform>%Ln word</numerusform>
            <numerusform>%Ln words</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln file(s)</source>
        <translation>
            <numerusform>%Ln file</numerusform>
            <numerusform>%Ln files</numerusform>
        </translation>
    </message>
</context>
</TS>
