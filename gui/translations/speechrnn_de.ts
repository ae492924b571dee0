<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
<context>
    <name>AboutDialog</name>
    <message>
        <source>About SpeechRNN</source>
        <translation>Über SpeechRNN</translation>
    </message>
    <message>
        <source>Captions, transcripts, text and music by recurrent networks, on your own computer. Nothing that you say or open leaves it.</source>
        <translation>Untertitel, Transkripte, Text und Musik aus rekurrenten Netzen, auf dem eigenen Rechner. Nichts, was gesprochen oder geöffnet wird, verlässt ihn.</translation>
    </message>
    <message>
        <source>Licences</source>
        <translation>Lizenzen</translation>
    </message>
    <message>
        <source>Copy the version</source>
        <translation>Version kopieren</translation>
    </message>
</context>
<context>
    <name>CaptionOverlay</name>
    <message>
        <source>Captions</source>
        <translation>Untertitel</translation>
    </message>
    <message>
        <source>Caption window</source>
        <translation>Untertitelfenster</translation>
    </message>
    <message>
        <source>Captions appear here</source>
        <translation>Hier erscheinen Untertitel</translation>
    </message>
    <message numerus="yes">
        <source>%n line(s)</source>
        <translation>
            <numerusform>%n Zeile</numerusform>
            <numerusform>%n Zeilen</numerusform>
        </translation>
    </message>
    <message>
        <source>Ground {percent} %</source>
        <translation>Hintergrund {percent} %</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
</context>
<context>
    <name>CaptionView</name>
    <message>
        <source>Captions</source>
        <translation>Untertitel</translation>
    </message>
    <message>
        <source>{percent} % sure</source>
        <translation>{percent} % sicher</translation>
    </message>
</context>
<context>
    <name>CardDialog</name>
    <message>
        <source>The model {name}</source>
        <translation>Das Modell {name}</translation>
    </message>
</context>
<context>
    <name>CheckPage</name>
    <message>
        <source>Copy as text</source>
        <translation>Als Text kopieren</translation>
    </message>
    <message>
        <source>Progress of the checks</source>
        <translation>Fortschritt der Prüfung</translation>
    </message>
    <message>
        <source>Check this computer, or stop</source>
        <translation>Diesen Rechner prüfen oder die Prüfung anhalten</translation>
    </message>
    <message>
        <source>Check</source>
        <translation>Prüfung</translation>
    </message>
    <message>
        <source>Check this computer</source>
        <translation>Diesen Rechner prüfen</translation>
    </message>
    <message>
        <source>Tests models, folders, microphone and sound, then transcribes ten sentences and measures how quick and how good that is here. It takes about a minute; nothing leaves this computer.</source>
        <translation>Prüft Modelle, Ordner, Mikrofon und Ton, transkribiert dann zehn Sätze und misst, wie schnell und wie gut das hier geht. Es dauert etwa eine Minute; nichts verlässt diesen Rechner.</translation>
    </message>
    <message>
        <source>The report is in the clipboard.</source>
        <translation>Der Bericht ist in der Zwischenablage.</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Stopp</translation>
    </message>
    <message>
        <source>Check now</source>
        <translation>Jetzt prüfen</translation>
    </message>
    <message>
        <source>All is well.</source>
        <translation>Alles in Ordnung.</translation>
    </message>
    <message>
        <source>It works, with a loss: see below.</source>
        <translation>Es funktioniert, mit Abstrichen: siehe unten.</translation>
    </message>
    <message>
        <source>Something does not work: see below.</source>
        <translation>Etwas funktioniert nicht: siehe unten.</translation>
    </message>
    <message>
        <source>Checking…</source>
        <translation>Prüfung läuft …</translation>
    </message>
    <message>
        <source>Stopped before the end.</source>
        <translation>Vor dem Ende angehalten.</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>Modelle</translation>
    </message>
    <message>
        <source>Folders</source>
        <translation>Ordner</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>Arbeitsspeicher</translation>
    </message>
    <message>
        <source>Microphone</source>
        <translation>Mikrofon</translation>
    </message>
    <message>
        <source>Sound output</source>
        <translation>Tonausgabe</translation>
    </message>
    <message>
        <source>Speed</source>
        <translation>Geschwindigkeit</translation>
    </message>
    <message>
        <source>Accuracy</source>
        <translation>Genauigkeit</translation>
    </message>
    <message>
        <source>Silence</source>
        <translation>Stille</translation>
    </message>
    <message>
        <source>Live captions</source>
        <translation>Live-Untertitel</translation>
    </message>
    <message>
        <source>waiting</source>
        <translation>wartet</translation>
    </message>
    <message>
        <source>running</source>
        <translation>läuft</translation>
    </message>
    <message>
        <source>all right</source>
        <translation>in Ordnung</translation>
    </message>
    <message>
        <source>works with a loss</source>
        <translation>funktioniert mit Abstrichen</translation>
    </message>
    <message>
        <source>does not work</source>
        <translation>funktioniert nicht</translation>
    </message>
</context>
<context>
    <name>ComposePage</name>
    <message>
        <source>Compose</source>
        <translation>Komponieren</translation>
    </message>
    <message>
        <source>Text or music</source>
        <translation>Text oder Musik</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>Text</translation>
    </message>
    <message>
        <source>Music</source>
        <translation>Musik</translation>
    </message>
    <message>
        <source>Look again</source>
        <translation>Noch einmal suchen</translation>
    </message>
    <message>
        <source>Write text</source>
        <translation>Text schreiben</translation>
    </message>
    <message>
        <source>Compose music</source>
        <translation>Musik komponieren</translation>
    </message>
    <message>
        <source>Looking for models…</source>
        <translation>Modelle werden gesucht …</translation>
    </message>
    <message>
        <source>No model that writes text is installed</source>
        <translation>Kein Modell installiert, das Text schreibt</translation>
    </message>
    <message>
        <source>No model that composes music is installed</source>
        <translation>Kein Modell installiert, das Musik komponiert</translation>
    </message>
    <message>
        <source>Train one on the page Train, from texts or tunes of your own. Or copy one that somebody gave you into the folder of models, under a name of its own.</source>
        <translation>Trainieren Sie eines auf der Seite „Trainieren“, aus eigenen Texten oder Melodien. Oder legen Sie eines, das Sie bekommen haben, unter eigenem Namen in den Ordner der Modelle.</translation>
    </message>
</context>
<context>
    <name>CurveChart</name>
    <message>
        <source>Curves of the training</source>
        <translation>Kurven des Trainings</translation>
    </message>
    <message>
        <source>The curves begin with the first steps.</source>
        <translation>Die Kurven beginnen mit den ersten Schritten.</translation>
    </message>
    <message>
        <source>Steps</source>
        <translation>Schritte</translation>
    </message>
    <message>
        <source>Nats a token</source>
        <translation>Nats je Zeichen</translation>
    </message>
    <message>
        <source>training</source>
        <translation>Training</translation>
    </message>
    <message>
        <source>held back</source>
        <translation>zurückgehalten</translation>
    </message>
</context>
<context>
    <name>Details</name>
    <message>
        <source>Progress</source>
        <translation>Fortschritt</translation>
    </message>
    <message>
        <source>Open in library</source>
        <translation>In Bibliothek öffnen</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Transcribe again</source>
        <translation>Neu transkribieren</translation>
    </message>
    <message>
        <source>Show results</source>
        <translation>Ergebnisse zeigen</translation>
    </message>
    <message>
        <source>Audio track</source>
        <translation>Tonspur</translation>
    </message>
    <message>
        <source>{files} chosen</source>
        <translation>{files} ausgewählt</translation>
    </message>
    <message>
        <source>The text appears here while it is transcribed.</source>
        <translation>Der Text erscheint hier während der Transkription.</translation>
    </message>
    <message>
        <source>Nobody speaks in this recording.</source>
        <translation>In dieser Aufnahme spricht niemand.</translation>
    </message>
    <message>
        <source>There is no text yet.</source>
        <translation>Noch kein Text vorhanden.</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Pausieren</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Noch einmal versuchen</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>Fortsetzen</translation>
    </message>
</context>
<context>
    <name>Dictation</name>
    <message>
        <source>A live session has the microphone: end it on the page Live, then dictate.</source>
        <translation>Eine Live-Sitzung hat das Mikrofon: Beenden Sie sie auf der Seite „Live“ und diktieren Sie dann.</translation>
    </message>
    <message>
        <source>There is no microphone: plug one in, then press the key again.</source>
        <translation>Es gibt kein Mikrofon: Schließen Sie eines an und drücken Sie die Taste noch einmal.</translation>
    </message>
</context>
<context>
    <name>DictationBar</name>
    <message>
        <source>Then let the network go on</source>
        <translation>Danach das Netz weiterschreiben lassen</translation>
    </message>
    <message>
        <source>At the first pause it stops to listen and writes on</source>
        <translation>Bei der ersten Pause hört es auf zuzuhören und schreibt weiter</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Stopp</translation>
    </message>
    <message>
        <source>What is heard</source>
        <translation>Was gehört wird</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Looking for the microphone…</source>
        <translation>Das Mikrofon wird gesucht …</translation>
    </message>
    <message>
        <source>The model is being loaded, for a few seconds…</source>
        <translation>Das Modell wird ein paar Sekunden lang geladen …</translation>
    </message>
    <message>
        <source>The last words are being written…</source>
        <translation>Die letzten Wörter werden geschrieben …</translation>
    </message>
    <message>
        <source>Listening to {microphone}: speak now.</source>
        <translation>Hört {microphone} zu: jetzt sprechen.</translation>
    </message>
    <message>
        <source>Listening: speak now.</source>
        <translation>Hört zu: jetzt sprechen.</translation>
    </message>
</context>
<context>
    <name>DoubtBar</name>
    <message>
        <source>Doubtful below</source>
        <translation>Unsicher unter</translation>
    </message>
    <message>
        <source>Doubtful words</source>
        <translation>Unsichere Wörter</translation>
    </message>
    <message numerus="yes">
        <source>%Ln doubtful word(s)</source>
        <translation>
            <numerusform>%Ln unsicheres Wort</numerusform>
            <numerusform>%Ln unsichere Wörter</numerusform>
        </translation>
    </message>
    <message>
        <source>Word {number} of {doubtful}</source>
        <translation>Wort {number} von {doubtful}</translation>
    </message>
    <message>
        <source>{here}, about {found} wrong  ·  in all about {wrong} of {words}</source>
        <translation>{here}, etwa {found} falsch  ·  insgesamt etwa {wrong} von {words}</translation>
    </message>
    <message>
        <source>{doubtful} of {words} words are doubtful, and about {found} of these are wrong. In the whole transcript about {wrong} words are wrong. Estimated from how sure the recognizer was of each.</source>
        <translation>{doubtful} von {words} Wörtern sind unsicher, davon etwa {found} falsch. Im ganzen Transkript sind etwa {wrong} Wörter falsch. Geschätzt danach, wie sicher die Erkennung bei jedem war.</translation>
    </message>
    <message>
        <source>Doubtful below {percent} %</source>
        <translation>Unsicher unter {percent} %</translation>
    </message>
</context>
<context>
    <name>DoubtWalk</name>
    <message>
        <source>{word}    {percent} %</source>
        <translation>{word}    {percent} %</translation>
    </message>
    <message>
        <source>“{word}” is right</source>
        <translation>„{word}“ stimmt</translation>
    </message>
</context>
<context>
    <name>DropTarget</name>
    <message>
        <source>Add files…</source>
        <translation>Dateien hinzufügen …</translation>
    </message>
    <message>
        <source>Add a folder…</source>
        <translation>Ordner hinzufügen …</translation>
    </message>
    <message>
        <source>Watch a folder…</source>
        <translation>Ordner überwachen …</translation>
    </message>
    <message>
        <source>Drop recordings here</source>
        <translation>Aufnahmen hier ablegen</translation>
    </message>
    <message>
        <source>Audio and video files of any kind, or folders of them. Nothing leaves this computer.</source>
        <translation>Audio- und Videodateien jeder Art oder Ordner davon. Nichts verlässt diesen Rechner.</translation>
    </message>
</context>
<context>
    <name>FileOutput</name>
    <message>
        <source>Export</source>
        <translation>Exportieren</translation>
    </message>
    <message>
        <source>Show folder</source>
        <translation>Ordner zeigen</translation>
    </message>
    <message>
        <source>{name} is written</source>
        <translation>{name} ist geschrieben</translation>
    </message>
</context>
<context>
    <name>FilesContent</name>
    <message>
        <source>Another window of SpeechRNN works on the queue.</source>
        <translation>Ein anderes Fenster von SpeechRNN bearbeitet die Warteschlange.</translation>
    </message>
    <message>
        <source>Change in the settings</source>
        <translation>In den Einstellungen ändern</translation>
    </message>
    <message>
        <source>beside each recording</source>
        <translation>neben jeder Aufnahme</translation>
    </message>
    <message>
        <source>in the exports folder</source>
        <translation>im Ordner für Exporte</translation>
    </message>
    <message>
        <source>Results: {names}, {place}</source>
        <translation>Ergebnisse: {names}, {place}</translation>
    </message>
    <message>
        <source>Results: in the library only</source>
        <translation>Ergebnisse: nur in der Bibliothek</translation>
    </message>
    <message numerus="yes">
        <source>Watching %n folder(s)</source>
        <translation>
            <numerusform>%n Ordner überwacht</numerusform>
            <numerusform>%n Ordner überwacht</numerusform>
        </translation>
    </message>
    <message>
        <source>Clear done</source>
        <translation>Fertige entfernen</translation>
    </message>
    <message>
        <source>Add files…</source>
        <translation>Dateien hinzufügen …</translation>
    </message>
    <message>
        <source>Add files to the queue</source>
        <translation>Dateien in die Warteschlange stellen</translation>
    </message>
    <message>
        <source>More ways to add files</source>
        <translation>Weitere Wege, Dateien hinzuzufügen</translation>
    </message>
    <message>
        <source>Files</source>
        <translation>Dateien</translation>
    </message>
</context>
<context>
    <name>FilesPage</name>
    <message>
        <source>Files</source>
        <translation>Dateien</translation>
    </message>
    <message>
        <source>Files are being transcribed. They go on where they are when the app is opened again.</source>
        <translation>Dateien werden gerade transkribiert. Beim nächsten Start geht es an derselben Stelle weiter.</translation>
    </message>
    <message>
        <source>Drop to transcribe</source>
        <translation>Zum Transkribieren ablegen</translation>
    </message>
</context>
<context>
    <name>FilesSection</name>
    <message>
        <source>Files</source>
        <translation>Dateien</translation>
    </message>
    <message>
        <source>Replace results that are there</source>
        <translation>Vorhandene Ergebnisse ersetzen</translation>
    </message>
    <message>
        <source>Otherwise the new one gets a number behind its name.</source>
        <translation>Sonst bekommt das neue eine Zahl hinter seinen Namen.</translation>
    </message>
    <message>
        <source>Leave out what is transcribed already</source>
        <translation>Bereits Transkribiertes auslassen</translation>
    </message>
    <message>
        <source>A file is known again by its place, its size and its date.</source>
        <translation>Eine Datei wird an Ort, Größe und Datum wiedererkannt.</translation>
    </message>
    <message>
        <source>Files at a time</source>
        <translation>Dateien gleichzeitig</translation>
    </message>
    <message>
        <source>Each needs its own copy of the model in memory. More than one rarely is quicker.</source>
        <translation>Jede braucht eine eigene Kopie des Modells im Speicher. Mehr als eine ist selten schneller.</translation>
    </message>
    <message>
        <source>Written when a file is done. All of them can be made of any transcript later, too.</source>
        <translation>Werden geschrieben, wenn eine Datei fertig ist. Alle lassen sich auch später aus jedem Transkript erzeugen.</translation>
    </message>
    <message>
        <source>Formats</source>
        <translation>Formate</translation>
    </message>
    <message>
        <source>Beside the recording</source>
        <translation>Neben der Aufnahme</translation>
    </message>
    <message>
        <source>In the folder for exports</source>
        <translation>Im Ordner für Exporte</translation>
    </message>
    <message>
        <source>Place of results</source>
        <translation>Ort der Ergebnisse</translation>
    </message>
    <message>
        <source>Name of results</source>
        <translation>Name der Ergebnisse</translation>
    </message>
    <message>
        <source>For example “{name}”. There are {variables}.</source>
        <translation>Zum Beispiel „{name}“. Möglich sind {variables}.</translation>
    </message>
    <message>
        <source>Watched folders</source>
        <translation>Überwachte Ordner</translation>
    </message>
    <message>
        <source>Recordings that appear in them are transcribed while the program runs.</source>
        <translation>Aufnahmen, die darin auftauchen, werden transkribiert, solange das Programm läuft.</translation>
    </message>
</context>
<context>
    <name>FilterRow</name>
    <message>
        <source>Search all words and titles</source>
        <translation>Alle Wörter und Titel durchsuchen</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>Art</translation>
    </message>
    <message>
        <source>Live and files</source>
        <translation>Live und Dateien</translation>
    </message>
    <message>
        <source>Live</source>
        <translation>Live</translation>
    </message>
    <message>
        <source>Files</source>
        <translation>Dateien</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Status</translation>
    </message>
    <message>
        <source>In any state</source>
        <translation>Jeder Status</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Fertig</translation>
    </message>
    <message>
        <source>Unfinished</source>
        <translation>Unvollständig</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>Fehlgeschlagen</translation>
    </message>
    <message>
        <source>Recovered</source>
        <translation>Wiederhergestellt</translation>
    </message>
    <message>
        <source>Order</source>
        <translation>Reihenfolge</translation>
    </message>
    <message>
        <source>Newest first</source>
        <translation>Neueste zuerst</translation>
    </message>
    <message>
        <source>Oldest first</source>
        <translation>Älteste zuerst</translation>
    </message>
    <message>
        <source>By title</source>
        <translation>Nach Titel</translation>
    </message>
    <message>
        <source>Longest first</source>
        <translation>Längste zuerst</translation>
    </message>
    <message>
        <source>Shortest first</source>
        <translation>Kürzeste zuerst</translation>
    </message>
    <message>
        <source>Library</source>
        <translation>Bibliothek</translation>
    </message>
</context>
<context>
    <name>FindBar</name>
    <message>
        <source>Find</source>
        <translation>Suchen</translation>
    </message>
    <message>
        <source>Replace with</source>
        <translation>Ersetzen durch</translation>
    </message>
    <message>
        <source>Match case</source>
        <translation>Groß-/Kleinschreibung</translation>
    </message>
    <message>
        <source>Whole words</source>
        <translation>Ganze Wörter</translation>
    </message>
    <message>
        <source>Finds</source>
        <translation>Fundstellen</translation>
    </message>
    <message>
        <source>Replace</source>
        <translation>Ersetzen</translation>
    </message>
    <message>
        <source>Replace all</source>
        <translation>Alle ersetzen</translation>
    </message>
    <message>
        <source>Not found</source>
        <translation>Nicht gefunden</translation>
    </message>
    <message>
        <source>{number} of {many}</source>
        <translation>{number} von {many}</translation>
    </message>
    <message>
        <source>{many} found</source>
        <translation>{many} gefunden</translation>
    </message>
</context>
<context>
    <name>FirstRunDialog</name>
    <message>
        <source>Skip</source>
        <translation>Überspringen</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Zurück</translation>
    </message>
    <message>
        <source>Say another</source>
        <translation>Noch einen Satz</translation>
    </message>
    <message>
        <source>Welcome to SpeechRNN</source>
        <translation>Willkommen bei SpeechRNN</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>Weiter</translation>
    </message>
    <message>
        <source>Finish</source>
        <translation>Fertigstellen</translation>
    </message>
</context>
<context>
    <name>FolderField</name>
    <message>
        <source>Drop a folder here</source>
        <translation>Einen Ordner hier ablegen</translation>
    </message>
    <message>
        <source>Choose a folder…</source>
        <translation>Ordner wählen …</translation>
    </message>
    <message>
        <source>Looking through the folder… {n} files so far</source>
        <translation>Der Ordner wird durchgesehen … bisher {n} Dateien</translation>
    </message>
    <message>
        <source>One moment</source>
        <translation>Einen Moment</translation>
    </message>
    <message>
        <source>With texts (.txt, .md, .py and others), or with tunes (.abc, .mid).</source>
        <translation>Mit Texten (.txt, .md, .py und anderen) oder mit Melodien (.abc, .mid).</translation>
    </message>
    <message>
        <source>Choose another folder…</source>
        <translation>Anderen Ordner wählen …</translation>
    </message>
    <message>
        <source>What shall it learn from?</source>
        <translation>Woraus soll es lernen?</translation>
    </message>
</context>
<context>
    <name>FolderLine</name>
    <message>
        <source>Choose…</source>
        <translation>Wählen …</translation>
    </message>
    <message>
        <source>Choose: {folder}</source>
        <translation>Wählen: {folder}</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Öffnen</translation>
    </message>
    <message>
        <source>Open: {folder}</source>
        <translation>Öffnen: {folder}</translation>
    </message>
</context>
<context>
    <name>FolderList</name>
    <message>
        <source>Watched folders</source>
        <translation>Überwachte Ordner</translation>
    </message>
    <message>
        <source>Add…</source>
        <translation>Hinzufügen …</translation>
    </message>
    <message>
        <source>Add a watched folder</source>
        <translation>Überwachten Ordner hinzufügen</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>Do not watch the chosen folder any more</source>
        <translation>Den gewählten Ordner nicht mehr überwachen</translation>
    </message>
    <message>
        <source>Watch a folder</source>
        <translation>Ordner überwachen</translation>
    </message>
</context>
<context>
    <name>FoldersSection</name>
    <message>
        <source>Folders</source>
        <translation>Ordner</translation>
    </message>
    <message>
        <source>Recordings of live sessions</source>
        <translation>Aufnahmen von Live-Sitzungen</translation>
    </message>
    <message>
        <source>Exports of transcripts</source>
        <translation>Exporte von Transkripten</translation>
    </message>
    <message>
        <source>Library</source>
        <translation>Bibliothek</translation>
    </message>
    <message>
        <source>All transcripts and what belongs to them.</source>
        <translation>Alle Transkripte und was dazugehört.</translation>
    </message>
    <message>
        <source>Settings file</source>
        <translation>Einstellungsdatei</translation>
    </message>
    <message>
        <source>Log</source>
        <translation>Protokoll</translation>
    </message>
    <message>
        <source>What went wrong, for a report. It stays on this computer.</source>
        <translation>Was schiefging, für einen Fehlerbericht. Es bleibt auf diesem Rechner.</translation>
    </message>
    <message>
        <source>Empty for the usual folder. It is made when something is written.</source>
        <translation>Leer für den üblichen Ordner. Er wird angelegt, sobald etwas geschrieben wird.</translation>
    </message>
    <message>
        <source>The folder is {folder}.</source>
        <translation>Der Ordner ist {folder}.</translation>
    </message>
</context>
<context>
    <name>GrowingText</name>
    <message>
        <source>Transcript so far</source>
        <translation>Bisheriges Transkript</translation>
    </message>
</context>
<context>
    <name>HeardView</name>
    <message>
        <source>What the network hears</source>
        <translation>Was das Netz hört</translation>
    </message>
    <message>
        <source>Above the sound by pitch, below how likely each phoneme is to the network. The line is the blank: where it is high the network hears nothing new. Point at a word to see its frames.</source>
        <translation>Oben der Klang nach Tonhöhe, unten, wie wahrscheinlich jedes Phonem für das Netz ist. Die Linie ist das Leersymbol: Wo sie hoch ist, hört das Netz nichts Neues. Auf ein Wort zeigen, um seine Frames zu sehen.</translation>
    </message>
</context>
<context>
    <name>HotWordsField</name>
    <message>
        <source>Nguyen
Mbappé 5
acme widget 4   # our product</source>
        <translation>Nguyen
Mbappé 5
acme widget 4   # unser Produkt</translation>
    </message>
</context>
<context>
    <name>KeyRow</name>
    <message>
        <source>Key for: {action}</source>
        <translation>Taste für: {action}</translation>
    </message>
    <message>
        <source>Default</source>
        <translation>Standard</translation>
    </message>
    <message>
        <source>Default key for: {action}</source>
        <translation>Standardtaste für: {action}</translation>
    </message>
</context>
<context>
    <name>KeysDialog</name>
    <message>
        <source>Keys</source>
        <translation>Tasten</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>Taste</translation>
    </message>
    <message>
        <source>What it does</source>
        <translation>Was sie bewirkt</translation>
    </message>
</context>
<context>
    <name>KeysSection</name>
    <message>
        <source>Keys</source>
        <translation>Tasten</translation>
    </message>
</context>
<context>
    <name>LevelMeter</name>
    <message>
        <source>Level of the microphone</source>
        <translation>Pegel des Mikrofons</translation>
    </message>
    <message>
        <source>{percent} percent</source>
        <translation>{percent} Prozent</translation>
    </message>
</context>
<context>
    <name>LibraryModel</name>
    <message>
        <source>Today</source>
        <translation>Heute</translation>
    </message>
    <message>
        <source>Yesterday</source>
        <translation>Gestern</translation>
    </message>
    <message numerus="yes">
        <source>%Ln place(s)</source>
        <translation>
            <numerusform>%Ln Stelle</numerusform>
            <numerusform>%Ln Stellen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln word(s)</source>
        <translation>
            <numerusform>%Ln Wort</numerusform>
            <numerusform>%Ln Wörter</numerusform>
        </translation>
    </message>
    <message>
        <source>Recording</source>
        <translation>Wird aufgenommen</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>Wartet</translation>
    </message>
    <message>
        <source>Transcribing</source>
        <translation>Wird transkribiert</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>Pausiert</translation>
    </message>
    <message>
        <source>Unfinished</source>
        <translation>Unvollständig</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>Fehlgeschlagen</translation>
    </message>
    <message>
        <source>Stopped</source>
        <translation>Angehalten</translation>
    </message>
    <message>
        <source>Recovered</source>
        <translation>Wiederhergestellt</translation>
    </message>
</context>
<context>
    <name>LibraryPage</name>
    <message>
        <source>Library</source>
        <translation>Bibliothek</translation>
    </message>
    <message>
        <source>The recording of “{title}” is not where it was: open it and locate the file.</source>
        <translation>Die Aufnahme von „{title}“ ist nicht mehr an ihrem Ort: öffnen und die Datei suchen.</translation>
    </message>
</context>
<context>
    <name>LineField</name>
    <message>
        <source>Text of the line</source>
        <translation>Text der Zeile</translation>
    </message>
</context>
<context>
    <name>ListView</name>
    <message numerus="yes">
        <source>%Ln recording(s)  ·  {hours} hours</source>
        <translation>
            <numerusform>%Ln Aufnahme  ·  {hours} Stunden</numerusform>
            <numerusform>%Ln Aufnahmen  ·  {hours} Stunden</numerusform>
        </translation>
    </message>
    <message>
        <source>Nothing of this kind</source>
        <translation>Nichts dieser Art</translation>
    </message>
    <message>
        <source>Choose other filters to see more.</source>
        <translation>Andere Filter wählen, um mehr zu sehen.</translation>
    </message>
    <message>
        <source>What you record in Live and transcribe in Files is kept here.</source>
        <translation>Was unter „Live“ aufgenommen und unter „Dateien“ transkribiert wird, bleibt hier erhalten.</translation>
    </message>
    <message>
        <source>Nothing here yet</source>
        <translation>Noch nichts hier</translation>
    </message>
    <message numerus="yes">
        <source>%Ln place(s)</source>
        <translation>
            <numerusform>%Ln Stelle</numerusform>
            <numerusform>%Ln Stellen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The first %Ln place(s)</source>
        <translation>
            <numerusform>Die erste Stelle</numerusform>
            <numerusform>Die ersten %Ln Stellen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{places} in %Ln recording(s)</source>
        <translation>
            <numerusform>{places} in %Ln Aufnahme</numerusform>
            <numerusform>{places} in %Ln Aufnahmen</numerusform>
        </translation>
    </message>
    <message>
        <source>Whole words are found, the last one by its beginning; quotes keep words in order.</source>
        <translation>Gefunden werden ganze Wörter, das letzte nach seinem Anfang; Anführungszeichen halten Wörter zusammen.</translation>
    </message>
    <message>
        <source>Nothing found</source>
        <translation>Nichts gefunden</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>Suchen</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Öffnen</translation>
    </message>
    <message>
        <source>Rename…</source>
        <translation>Umbenennen …</translation>
    </message>
    <message>
        <source>Delete…</source>
        <translation>Löschen …</translation>
    </message>
    <message>
        <source>Transcribe now</source>
        <translation>Jetzt transkribieren</translation>
    </message>
    <message>
        <source>Recordings</source>
        <translation>Aufnahmen</translation>
    </message>
    <message numerus="yes">
        <source>Recovered %n recording(s) after the program ended unexpectedly.</source>
        <translation>
            <numerusform>%n Aufnahme wurde nach einem unerwarteten Programmende wiederhergestellt.</numerusform>
            <numerusform>%n Aufnahmen wurden nach einem unerwarteten Programmende wiederhergestellt.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>LiveController</name>
    <message>
        <source>Live, {when}</source>
        <translation>Live, {when}</translation>
    </message>
    <message>
        <source>The recording goes on, but there are no captions: {reason}</source>
        <translation>Die Aufnahme läuft weiter, aber ohne Untertitel: {reason}</translation>
    </message>
</context>
<context>
    <name>LivePage</name>
    <message>
        <source>Live</source>
        <translation>Live</translation>
    </message>
    <message>
        <source>A recording is running.</source>
        <translation>Eine Aufnahme läuft.</translation>
    </message>
    <message>
        <source>Start or stop</source>
        <translation>Starten oder stoppen</translation>
    </message>
    <message>
        <source>Pause or go on</source>
        <translation>Pausieren oder fortsetzen</translation>
    </message>
    <message>
        <source>Mark this moment</source>
        <translation>Diesen Moment markieren</translation>
    </message>
    <message>
        <source>Larger text</source>
        <translation>Größerer Text</translation>
    </message>
    <message>
        <source>Smaller text</source>
        <translation>Kleinerer Text</translation>
    </message>
    <message>
        <source>Caption window</source>
        <translation>Untertitelfenster</translation>
    </message>
    <message>
        <source>Show what the network hears</source>
        <translation>Zeigen, was das Netz hört</translation>
    </message>
    <message>
        <source>Input</source>
        <translation>Eingang</translation>
    </message>
    <message>
        <source>What is recorded: a microphone, or what the computer plays</source>
        <translation>Was aufgenommen wird: ein Mikrofon oder was der Rechner abspielt</translation>
    </message>
    <message>
        <source>Delay</source>
        <translation>Latenz</translation>
    </message>
    <message>
        <source>How long words wait to be more certain; the error is measured</source>
        <translation>Wie lange Wörter warten, um sicherer zu werden; der Fehler ist gemessen</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>Start</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Pausieren</translation>
    </message>
    <message>
        <source>Newest words</source>
        <translation>Neueste Wörter</translation>
    </message>
    <message>
        <source>Finishing …</source>
        <translation>Wird beendet …</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Stopp</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>Fortsetzen</translation>
    </message>
    <message>
        <source>Choose the input, see its level move, and press {key}. Nothing leaves this computer.</source>
        <translation>Eingang wählen, auf den Pegel achten und {key} drücken. Nichts verlässt diesen Rechner.</translation>
    </message>
    <message>
        <source>Ready to listen</source>
        <translation>Bereit zum Zuhören</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>Pausiert</translation>
    </message>
    <message>
        <source>The recording is kept. Go on when you like.</source>
        <translation>Die Aufnahme bleibt erhalten und kann jederzeit fortgesetzt werden.</translation>
    </message>
    <message>
        <source>Recording</source>
        <translation>Aufnahme läuft</translation>
    </message>
    <message>
        <source>The model is loading; what is said now will not be lost.</source>
        <translation>Das Modell wird geladen; was jetzt gesagt wird, geht nicht verloren.</translation>
    </message>
    <message>
        <source>Listening</source>
        <translation>Hört zu</translation>
    </message>
    <message>
        <source>Speak: words appear here.</source>
        <translation>Sprechen: Hier erscheinen die Wörter.</translation>
    </message>
    <message>
        <source>The system&apos;s default</source>
        <translation>Vorgabe</translation>
    </message>
    <message>
        <source>What the computer plays: {name}</source>
        <translation>Was der Rechner abspielt: {name}</translation>
    </message>
    <message>
        <source>The chosen input is not there; the system&apos;s default is taken.</source>
        <translation>Der gewählte Eingang ist nicht da; die Vorgabe des Systems wird verwendet.</translation>
    </message>
    <message>
        <source>No microphone was found: plug one in; it appears here by itself.</source>
        <translation>Kein Mikrofon gefunden: eines anschließen; es erscheint hier von selbst.</translation>
    </message>
    <message>
        <source>Delay {seconds} s</source>
        <translation>Latenz {seconds} s</translation>
    </message>
    <message>
        <source>Delay {seconds} s, {percent} % errors at first</source>
        <translation>Latenz {seconds} s, zuerst {percent} % Fehler</translation>
    </message>
    <message numerus="yes">
        <source>{time} recorded, %Ln word(s).</source>
        <translation>
            <numerusform>{time} aufgenommen, %Ln Wort.</numerusform>
            <numerusform>{time} aufgenommen, %Ln Wörter.</numerusform>
        </translation>
    </message>
    <message>
        <source>Open in the library</source>
        <translation>In der Bibliothek öffnen</translation>
    </message>
    <message>
        <source>A recording of {time} that was cut off is safe in the library.</source>
        <translation>Eine abgebrochene Aufnahme von {time} liegt sicher in der Bibliothek.</translation>
    </message>
    <message>
        <source>Show it</source>
        <translation>Zeigen</translation>
    </message>
</context>
<context>
    <name>LiveSection</name>
    <message>
        <source>Live captions</source>
        <translation>Live-Untertitel</translation>
    </message>
    <message>
        <source>Longest wait for a word</source>
        <translation>Längste Wartezeit auf ein Wort</translation>
    </message>
    <message>
        <source>Longer waits make fewer mistakes in the text that is shown first. From 0.3 to 1.5 seconds.</source>
        <translation>Längeres Warten macht weniger Fehler im zuerst gezeigten Text. Von 0,3 bis 1,5 Sekunden.</translation>
    </message>
    <message>
        <source>seconds</source>
        <translation>Sekunden</translation>
    </message>
    <message>
        <source>Size of the captions</source>
        <translation>Größe der Untertitel</translation>
    </message>
    <message>
        <source>From 8 to 120 points.</source>
        <translation>Von 8 bis 120 Punkt.</translation>
    </message>
    <message>
        <source>points</source>
        <translation>Punkt</translation>
    </message>
    <message>
        <source>Lines of the caption window</source>
        <translation>Zeilen des Untertitelfensters</translation>
    </message>
    <message>
        <source>Of the window that stays on top of all others.</source>
        <translation>Des Fensters, das über allen anderen bleibt.</translation>
    </message>
    <message>
        <source>Background of the caption window</source>
        <translation>Hintergrund des Untertitelfensters</translation>
    </message>
    <message>
        <source>0 is clear, 1 is solid. The text itself stays solid.</source>
        <translation>0 ist durchsichtig, 1 ist deckend. Der Text selbst bleibt deckend.</translation>
    </message>
    <message>
        <source>Show what the network hears</source>
        <translation>Zeigen, was das Netz hört</translation>
    </message>
    <message>
        <source>A picture of the sound and of the letters that the network finds in it, while you speak.</source>
        <translation>Während des Sprechens ein Bild des Klangs und der Laute, die das Netz darin findet.</translation>
    </message>
    <message>
        <source>Keep recordings</source>
        <translation>Aufnahmen behalten</translation>
    </message>
    <message>
        <source>The sound of a session stays beside its text. Without it only the text is kept.</source>
        <translation>Der Ton einer Sitzung bleibt neben ihrem Text. Sonst wird nur der Text behalten.</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>Wie das System</translation>
    </message>
    <message>
        <source>What is heard. Inputs that are plugged in later appear here.</source>
        <translation>Was gehört wird. Später angeschlossene Eingänge erscheinen hier.</translation>
    </message>
    <message>
        <source>{name} (not there now)</source>
        <translation>{name} (zurzeit nicht da)</translation>
    </message>
    <message>
        <source>Microphone</source>
        <translation>Mikrofon</translation>
    </message>
    <message>
        <source>Put it back</source>
        <translation>Zurücksetzen</translation>
    </message>
    <message>
        <source>Shows the caption window at the bottom of the screen again, in its first width.</source>
        <translation>Zeigt das Untertitelfenster wieder unten am Bildschirm, in der ursprünglichen Breite.</translation>
    </message>
    <message>
        <source>Place of the caption window</source>
        <translation>Ort des Untertitelfensters</translation>
    </message>
</context>
<context>
    <name>LookSection</name>
    <message>
        <source>Look and language</source>
        <translation>Aussehen und Sprache</translation>
    </message>
    <message>
        <source>Colours</source>
        <translation>Farben</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>Wie das System</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Hell</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Dunkel</translation>
    </message>
    <message>
        <source>Size of the text</source>
        <translation>Größe des Texts</translation>
    </message>
    <message>
        <source>All of the window grows with it.</source>
        <translation>Das ganze Fenster wächst mit.</translation>
    </message>
    <message>
        <source>points</source>
        <translation>Punkt</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Sprache</translation>
    </message>
    <message>
        <source>Of the window; in force at the next start. What is recognized does not depend on it.</source>
        <translation>Des Fensters; gilt ab dem nächsten Start. Was erkannt wird, hängt nicht davon ab.</translation>
    </message>
    <message>
        <source>The window speaks the other language from its next start on.</source>
        <translation>Das Fenster spricht die andere Sprache ab dem nächsten Start.</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>Something went wrong ({what}). The details are in {folder}.</source>
        <translation>Etwas ist schiefgegangen ({what}). Einzelheiten stehen in {folder}.</translation>
    </message>
    <message>
        <source>Show the page {page}</source>
        <translation>Seite „{page}“ zeigen</translation>
    </message>
    <message>
        <source>Show the keys</source>
        <translation>Tasten zeigen</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>Beenden</translation>
    </message>
    <message>
        <source>Close the message</source>
        <translation>Meldung schließen</translation>
    </message>
    <message>
        <source>Go to the list of pages</source>
        <translation>Zur Liste der Seiten</translation>
    </message>
    <message>
        <source>Stop and quit?</source>
        <translation>Anhalten und beenden?</translation>
    </message>
    <message>
        <source>Stop and quit</source>
        <translation>Anhalten und beenden</translation>
    </message>
    <message>
        <source>Keep running</source>
        <translation>Weiterlaufen lassen</translation>
    </message>
    <message>
        <source>Still stopping: what was begun is being finished.</source>
        <translation>Wird noch angehalten: Begonnenes wird fertiggestellt.</translation>
    </message>
</context>
<context>
    <name>MessageBar</name>
    <message>
        <source>Close this message</source>
        <translation>Diese Meldung schließen</translation>
    </message>
    <message>
        <source>{count} more</source>
        <translation>{count} weitere</translation>
    </message>
</context>
<context>
    <name>MicrophoneStep</name>
    <message>
        <source>Microphone</source>
        <translation>Mikrofon</translation>
    </message>
    <message>
        <source>Choose your microphone</source>
        <translation>Mikrofon wählen</translation>
    </message>
    <message>
        <source>Say something: the bar below moves when it hears you. Nothing is recorded yet, and nothing ever leaves this computer.</source>
        <translation>Etwas sagen: Der Balken unten bewegt sich, wenn etwas zu hören ist. Noch wird nichts aufgenommen, und nichts verlässt je diesen Rechner.</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>Wie das System</translation>
    </message>
    <message>
        <source>Looking for microphones…</source>
        <translation>Mikrofone werden gesucht …</translation>
    </message>
    <message>
        <source>There is no microphone. Plug one in and it appears here; recordings can be transcribed without one.</source>
        <translation>Kein Mikrofon vorhanden. Sobald eines angeschlossen ist, erscheint es hier; Aufnahmen lassen sich auch ohne transkribieren.</translation>
    </message>
    <message>
        <source>It hears you.</source>
        <translation>Es ist etwas zu hören.</translation>
    </message>
    <message>
        <source>Waiting for a sound…</source>
        <translation>Warten auf einen Laut …</translation>
    </message>
</context>
<context>
    <name>MusicPanel</name>
    <message>
        <source>Key</source>
        <translation>Tonart</translation>
    </message>
    <message>
        <source>Mode</source>
        <translation>Tongeschlecht</translation>
    </message>
    <message>
        <source>Meter</source>
        <translation>Taktart</translation>
    </message>
    <message>
        <source>Bars</source>
        <translation>Takte</translation>
    </message>
    <message>
        <source>Of a new tune, or how many it goes on.</source>
        <translation>Einer neuen Melodie, oder um wie viele sie weitergeht.</translation>
    </message>
    <message>
        <source>Tempo</source>
        <translation>Tempo</translation>
    </message>
    <message>
        <source>quarters a minute</source>
        <translation>Viertel je Minute</translation>
    </message>
    <message>
        <source>Instrument</source>
        <translation>Instrument</translation>
    </message>
    <message>
        <source>Temperature</source>
        <translation>Temperatur</translation>
    </message>
    <message>
        <source>Lower is safer, higher is bolder.</source>
        <translation>Niedriger ist sicherer, höher ist kühner.</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>Startwert</translation>
    </message>
    <message>
        <source>The same seed gives the same tune.</source>
        <translation>Derselbe Startwert ergibt dieselbe Melodie.</translation>
    </message>
    <message>
        <source>As the piece asks</source>
        <translation>Wie das Stück es verlangt</translation>
    </message>
    <message>
        <source>major</source>
        <translation>Dur</translation>
    </message>
    <message>
        <source>minor</source>
        <translation>Moll</translation>
    </message>
    <message>
        <source>dorian</source>
        <translation>dorisch</translation>
    </message>
    <message>
        <source>mixolydian</source>
        <translation>mixolydisch</translation>
    </message>
    <message>
        <source>Piano</source>
        <translation>Klavier</translation>
    </message>
    <message>
        <source>Harp</source>
        <translation>Harfe</translation>
    </message>
    <message>
        <source>Flute</source>
        <translation>Flöte</translation>
    </message>
    <message>
        <source>Fiddle</source>
        <translation>Geige</translation>
    </message>
    <message>
        <source>Organ</source>
        <translation>Orgel</translation>
    </message>
    <message>
        <source>Choir</source>
        <translation>Chor</translation>
    </message>
</context>
<context>
    <name>MusicTab</name>
    <message>
        <source>Compose a new tune, or stop</source>
        <translation>Neue Melodie komponieren oder stoppen</translation>
    </message>
    <message>
        <source>Go on behind it</source>
        <translation>Dahinter fortsetzen</translation>
    </message>
    <message>
        <source>Make all bars anew but the locked ones</source>
        <translation>Alle nicht gesperrten Takte neu machen</translation>
    </message>
    <message>
        <source>Make this bar anew</source>
        <translation>Diesen Takt neu machen</translation>
    </message>
    <message>
        <source>Harmonise the melody for four voices</source>
        <translation>Melodie vierstimmig harmonisieren</translation>
    </message>
    <message>
        <source>Play or stop</source>
        <translation>Abspielen oder stoppen</translation>
    </message>
    <message>
        <source>Over and over</source>
        <translation>Endlos wiederholen</translation>
    </message>
    <message>
        <source>Back to the beginning</source>
        <translation>Zurück zum Anfang</translation>
    </message>
    <message>
        <source>Tap a rhythm that it begins with</source>
        <translation>Anfangsrhythmus tippen</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>Wiederholen</translation>
    </message>
    <message>
        <source>Open a MIDI or ABC file</source>
        <translation>MIDI- oder ABC-Datei öffnen</translation>
    </message>
    <message>
        <source>Save the tune as a file</source>
        <translation>Melodie als Datei speichern</translation>
    </message>
    <message>
        <source>Show it as a score</source>
        <translation>Als Noten zeigen</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>Compose</source>
        <translation>Neu</translation>
    </message>
    <message>
        <source>Drag the tune out of the window, as a MIDI file</source>
        <translation>Melodie als MIDI-Datei aus dem Fenster ziehen</translation>
    </message>
    <message>
        <source>Show it</source>
        <translation>Zeigen</translation>
    </message>
    <message>
        <source>Harmonise it</source>
        <translation>Harmonisieren</translation>
    </message>
    <message>
        <source>Not now</source>
        <translation>Jetzt nicht</translation>
    </message>
    <message>
        <source>Harmonising needs a model of chorales, and none is installed: see the Check page.</source>
        <translation>Harmonisieren braucht ein Choralmodell, und keines ist installiert: siehe Seite „Prüfung“.</translation>
    </message>
    <message>
        <source>Open a tune</source>
        <translation>Melodie öffnen</translation>
    </message>
    <message>
        <source>Tunes (*.mid *.midi *.abc *.txt)</source>
        <translation>Melodien (*.mid *.midi *.abc *.txt)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>Alle Dateien (*)</translation>
    </message>
    <message>
        <source>{name}: {voices}, {notes}, {length}. What shall come of it?</source>
        <translation>{name}: {voices}, {notes}, {length}. Was soll daraus werden?</translation>
    </message>
    <message numerus="yes">
        <source>%n voice(s)</source>
        <translation>
            <numerusform>%n Stimme</numerusform>
            <numerusform>%n Stimmen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n note(s)</source>
        <translation>
            <numerusform>%n Note</numerusform>
            <numerusform>%n Noten</numerusform>
        </translation>
    </message>
    <message>
        <source>MIDI</source>
        <translation>MIDI</translation>
    </message>
    <message>
        <source>MusicXML</source>
        <translation>MusicXML</translation>
    </message>
    <message>
        <source>ABC</source>
        <translation>ABC</translation>
    </message>
    <message>
        <source>Sound (WAV)</source>
        <translation>Ton (WAV)</translation>
    </message>
    <message>
        <source>Hold it and drag it to a folder or another program: it becomes a MIDI file there.</source>
        <translation>Festhalten und in einen Ordner oder ein anderes Programm ziehen: Dort wird eine MIDI-Datei daraus.</translation>
    </message>
    <message>
        <source>Nothing is heard: {reason}</source>
        <translation>Nichts zu hören: {reason}</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Stopp</translation>
    </message>
    <message>
        <source>Play</source>
        <translation>Abspielen</translation>
    </message>
    <message>
        <source>Click a bar&apos;s number, or press L, to lock it; V makes the chosen bar anew.</source>
        <translation>Ein Klick auf die Taktnummer oder L sperrt den Takt; V macht den gewählten Takt neu.</translation>
    </message>
    <message>
        <source>Choose a key and a meter and press Compose: notes appear and sound as they are made.</source>
        <translation>Tonart und Taktart wählen und „Neu“ drücken: Noten erscheinen und klingen, während sie entstehen.</translation>
    </message>
</context>
<context>
    <name>OriginalityLine</name>
    <message>
        <source>Mark it</source>
        <translation>Markieren</translation>
    </message>
    <message>
        <source>Mark what stands in the training data</source>
        <translation>Markieren, was in den Trainingsdaten steht</translation>
    </message>
    <message>
        <source>This model keeps no index of its training data: what was copied cannot be told.</source>
        <translation>Dieses Modell hat kein Verzeichnis seiner Trainingsdaten: Was kopiert ist, lässt sich nicht sagen.</translation>
    </message>
    <message>
        <source>Original: no run of {n} notes or more stands in the training data.</source>
        <translation>Original: Keine Folge von {n} oder mehr Noten steht in den Trainingsdaten.</translation>
    </message>
    <message>
        <source>Original: no run of {n} characters or more stands in the training data.</source>
        <translation>Original: Keine Folge von {n} oder mehr Zeichen steht in den Trainingsdaten.</translation>
    </message>
    <message>
        <source>Longest run that stands in the training data, too: {n} notes; {percent} % of all notes.</source>
        <translation>Längste Folge, die auch in den Trainingsdaten steht: {n} Noten; {percent} % aller Noten.</translation>
    </message>
    <message>
        <source>Longest run that stands in the training data, too: {n} characters; {percent} % of all.</source>
        <translation>Längste Folge, die auch in den Trainingsdaten steht: {n} Zeichen; {percent} % von allen.</translation>
    </message>
</context>
<context>
    <name>Output</name>
    <message>
        <source>PDF document  (.pdf)</source>
        <translation>PDF-Dokument  (.pdf)</translation>
    </message>
    <message>
        <source>PDF document</source>
        <translation>PDF-Dokument</translation>
    </message>
    <message>
        <source>Sound</source>
        <translation>Ton</translation>
    </message>
    <message>
        <source>Plain text</source>
        <translation>Reiner Text</translation>
    </message>
    <message>
        <source>Word document</source>
        <translation>Word-Dokument</translation>
    </message>
    <message>
        <source>Markdown</source>
        <translation>Markdown</translation>
    </message>
    <message>
        <source>SubRip subtitles</source>
        <translation>SubRip-Untertitel</translation>
    </message>
    <message>
        <source>WebVTT subtitles</source>
        <translation>WebVTT-Untertitel</translation>
    </message>
    <message>
        <source>Table, comma-separated</source>
        <translation>Tabelle, mit Kommas getrennt</translation>
    </message>
    <message>
        <source>Table, tab-separated</source>
        <translation>Tabelle, mit Tabulatoren getrennt</translation>
    </message>
    <message>
        <source>JSON, everything there is</source>
        <translation>JSON, alles, was es gibt</translation>
    </message>
    <message>
        <source>Page</source>
        <translation>Seite</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>Exportieren</translation>
    </message>
    <message>
        <source>Sent to the printer</source>
        <translation>An den Drucker gesendet</translation>
    </message>
    <message>
        <source>Show folder</source>
        <translation>Ordner zeigen</translation>
    </message>
    <message>
        <source>{name} is written</source>
        <translation>{name} ist geschrieben</translation>
    </message>
</context>
<context>
    <name>PageActions</name>
    <message>
        <source>Add files…</source>
        <translation>Dateien hinzufügen …</translation>
    </message>
    <message>
        <source>Add a folder…</source>
        <translation>Ordner hinzufügen …</translation>
    </message>
    <message>
        <source>Watch a folder…</source>
        <translation>Ordner überwachen …</translation>
    </message>
    <message>
        <source>Pause all</source>
        <translation>Alle pausieren</translation>
    </message>
    <message>
        <source>Clear done</source>
        <translation>Fertige entfernen</translation>
    </message>
    <message>
        <source>Open in library</source>
        <translation>In Bibliothek öffnen</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Pausieren</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Transcribe again…</source>
        <translation>Neu transkribieren …</translation>
    </message>
    <message>
        <source>Show results in their folder</source>
        <translation>Ergebnisse im Ordner zeigen</translation>
    </message>
    <message>
        <source>Move up</source>
        <translation>Nach oben</translation>
    </message>
    <message>
        <source>Move down</source>
        <translation>Nach unten</translation>
    </message>
    <message>
        <source>Remove from the queue</source>
        <translation>Aus der Warteschlange entfernen</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>Fortsetzen</translation>
    </message>
    <message>
        <source>Go on with all</source>
        <translation>Alle fortsetzen</translation>
    </message>
    <message>
        <source>Transcribe {name} again?</source>
        <translation>{name} neu transkribieren?</translation>
    </message>
    <message>
        <source>The text that is there, with all corrections, is replaced.</source>
        <translation>Der vorhandene Text wird mit allen Korrekturen ersetzt.</translation>
    </message>
    <message>
        <source>Replace the text</source>
        <translation>Text ersetzen</translation>
    </message>
    <message>
        <source>Keep it</source>
        <translation>Behalten</translation>
    </message>
    <message>
        <source>Audio and video</source>
        <translation>Audio und Video</translation>
    </message>
    <message>
        <source>All files</source>
        <translation>Alle Dateien</translation>
    </message>
    <message>
        <source>Add files</source>
        <translation>Dateien hinzufügen</translation>
    </message>
    <message>
        <source>Add a folder</source>
        <translation>Ordner hinzufügen</translation>
    </message>
    <message>
        <source>Watch a folder</source>
        <translation>Ordner überwachen</translation>
    </message>
</context>
<context>
    <name>PianoRoll</name>
    <message>
        <source>Piano roll</source>
        <translation>Klavierrolle</translation>
    </message>
    <message>
        <source>No notes yet</source>
        <translation>Noch keine Noten</translation>
    </message>
    <message>
        <source>{notes} notes; bar {bar} of {bars}, locked</source>
        <translation>{notes} Noten; Takt {bar} von {bars}, gesperrt</translation>
    </message>
    <message>
        <source>{notes} notes; bar {bar} of {bars}</source>
        <translation>{notes} Noten; Takt {bar} von {bars}</translation>
    </message>
</context>
<context>
    <name>Questions</name>
    <message>
        <source>Rename</source>
        <translation>Umbenennen</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>Titel</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Löschen</translation>
    </message>
    <message>
        <source>Delete “{title}” from the library?</source>
        <translation>„{title}“ aus der Bibliothek löschen?</translation>
    </message>
    <message numerus="yes">
        <source>Delete %n entries from the library?</source>
        <translation>
            <numerusform>%n Eintrag aus der Bibliothek löschen?</numerusform>
            <numerusform>%n Einträge aus der Bibliothek löschen?</numerusform>
        </translation>
    </message>
    <message>
        <source>The text cannot be brought back.</source>
        <translation>Der Text lässt sich nicht zurückholen.</translation>
    </message>
    <message>
        <source>Move the recording to the bin too:
{path}</source>
        <translation>Auch die Aufnahme in den Papierkorb legen:
{path}</translation>
    </message>
    <message numerus="yes">
        <source>Move the %n recordings to the bin too</source>
        <translation>
            <numerusform>Auch die %n Aufnahme in den Papierkorb legen</numerusform>
            <numerusform>Auch die %n Aufnahmen in den Papierkorb legen</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>QueueList</name>
    <message>
        <source>Queue of files</source>
        <translation>Warteschlange der Dateien</translation>
    </message>
</context>
<context>
    <name>RecognitionSection</name>
    <message>
        <source>Recognition</source>
        <translation>Erkennung</translation>
    </message>
    <message>
        <source>Punctuation and capital letters</source>
        <translation>Satzzeichen und Großbuchstaben</translation>
    </message>
    <message>
        <source>Written by a second network. Without it the text is in lower case, as it was heard.</source>
        <translation>Von einem zweiten Netz gesetzt. Ohne es bleibt der Text klein geschrieben, wie er gehört wurde.</translation>
    </message>
    <message>
        <source>Numbers as digits</source>
        <translation>Zahlen als Ziffern</translation>
    </message>
    <message>
        <source>“Twenty one” becomes “21”.</source>
        <translation>Aus „Twenty one“ wird „21“.</translation>
    </message>
    <message>
        <source>Hear files twice</source>
        <translation>Dateien zweimal anhören</translation>
    </message>
    <message>
        <source>The first time it learns from what it hears, the second time it writes it down: fewer mistakes where few voices speak for some minutes. It takes several times as long. What was learned is forgotten after each file.</source>
        <translation>Beim ersten Mal lernt es aus dem, was es hört, beim zweiten Mal schreibt es: weniger Fehler, wo wenige Stimmen einige Minuten lang sprechen. Es dauert ein Mehrfaches. Was es gelernt hat, wird nach jeder Datei vergessen.</translation>
    </message>
    <message>
        <source>Letters as they are heard</source>
        <translation>Buchstaben, wie sie gehört werden</translation>
    </message>
    <message>
        <source>Without dictionary and language model: quicker, and shows what the network itself hears. Far more mistakes.</source>
        <translation>Ohne Wörterbuch und Sprachmodell: schneller, und zeigt, was das Netz selbst hört. Viel mehr Fehler.</translation>
    </message>
    <message>
        <source>Weight of the language model</source>
        <translation>Gewicht des Sprachmodells</translation>
    </message>
    <message>
        <source>More trusts usual phrases, less trusts the ear. Empty: as the model was measured.</source>
        <translation>Mehr vertraut üblichen Wendungen, weniger dem Gehörten. Leer: wie das Modell gemessen wurde.</translation>
    </message>
    <message>
        <source>Breadth of the search</source>
        <translation>Breite der Suche</translation>
    </message>
    <message>
        <source>More is slower, and a little more accurate. Empty: as the model was measured.</source>
        <translation>Mehr ist langsamer und etwas genauer. Leer: wie das Modell gemessen wurde.</translation>
    </message>
    <message>
        <source>About this model…</source>
        <translation>Über dieses Modell …</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>Where it runs</source>
        <translation>Wo es läuft</translation>
    </message>
    <message>
        <source>The processor is quick enough for live captions; a graphics card is quicker with files.</source>
        <translation>Der Prozessor ist schnell genug für Live-Untertitel; mit Dateien ist eine Grafikkarte schneller.</translation>
    </message>
    <message>
        <source>Graphics card if there is one</source>
        <translation>Grafikkarte, falls vorhanden</translation>
    </message>
    <message>
        <source>Processor</source>
        <translation>Prozessor</translation>
    </message>
    <message>
        <source>NVIDIA graphics card (CUDA)</source>
        <translation>NVIDIA-Grafikkarte (CUDA)</translation>
    </message>
    <message>
        <source>Apple graphics (MPS)</source>
        <translation>Apple-Grafik (MPS)</translation>
    </message>
    <message>
        <source>Names and terms, one a line. A number from 0 to 20 behind makes a word more likely; 3 without one. # begins a comment. They are in force at the next start of a recognition.</source>
        <translation>Namen und Begriffe, je Zeile einer. Eine Zahl von 0 bis 20 dahinter macht ein Wort wahrscheinlicher; ohne Zahl gilt 3. # leitet einen Kommentar ein. Sie gelten ab dem nächsten Start einer Erkennung.</translation>
    </message>
    <message>
        <source>Words to expect</source>
        <translation>Erwartete Wörter</translation>
    </message>
    <message>
        <source>The list as it was before stays in force.</source>
        <translation>Die bisherige Liste gilt weiter.</translation>
    </message>
    <message>
        <source>{size:.0f} MB, licence {licence}.</source>
        <translation>{size:.0f} MB, Lizenz {licence}.</translation>
    </message>
    <message>
        <source>Not found on this computer.</source>
        <translation>Auf diesem Rechner nicht gefunden.</translation>
    </message>
    <message>
        <source>Not on this computer</source>
        <translation>Nicht auf diesem Rechner</translation>
    </message>
</context>
<context>
    <name>RowDelegate</name>
    <message>
        <source>Pause</source>
        <translation>Pausieren</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>Fortsetzen</translation>
    </message>
    <message>
        <source>Remove from the queue</source>
        <translation>Aus der Warteschlange entfernen</translation>
    </message>
</context>
<context>
    <name>RunView</name>
    <message>
        <source>Progress of the training</source>
        <translation>Fortschritt des Trainings</translation>
    </message>
    <message>
        <source>What it writes</source>
        <translation>Was es schreibt</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Stopp</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>Fortsetzen</translation>
    </message>
    <message>
        <source>Compose with it</source>
        <translation>Damit komponieren</translation>
    </message>
    <message>
        <source>Delete…</source>
        <translation>Löschen …</translation>
    </message>
    <message>
        <source>Tokens/s</source>
        <translation>Zeichen/s</translation>
    </message>
    <message>
        <source>Characters/s</source>
        <translation>Buchstaben/s</translation>
    </message>
    <message>
        <source>known soon</source>
        <translation>bald bekannt</translation>
    </message>
    <message>
        <source>What it writes, after step {step}</source>
        <translation>Was es schreibt, nach Schritt {step}</translation>
    </message>
    <message>
        <source>The first lines come after the first look back.</source>
        <translation>Die ersten Zeilen kommen nach dem ersten Rückblick.</translation>
    </message>
    <message>
        <source>Steps</source>
        <translation>Schritte</translation>
    </message>
    <message>
        <source>Time left</source>
        <translation>Restzeit</translation>
    </message>
    <message>
        <source>Best, a token</source>
        <translation>Bester Wert je Zeichen</translation>
    </message>
    <message>
        <source>The lowest value on the tenth that is held back from learning.</source>
        <translation>Der niedrigste Wert auf dem Zehntel, das nicht gelernt wird.</translation>
    </message>
</context>
<context>
    <name>ScoreView</name>
    <message>
        <source>Score</source>
        <translation>Noten</translation>
    </message>
</context>
<context>
    <name>Section</name>
    <message>
        <source>Reset to defaults</source>
        <translation>Auf Standard zurücksetzen</translation>
    </message>
    <message>
        <source>Reset “{section}” to defaults</source>
        <translation>„{section}“ auf Standard zurücksetzen</translation>
    </message>
</context>
<context>
    <name>SentenceStep</name>
    <message>
        <source>What was heard</source>
        <translation>Was gehört wurde</translation>
    </message>
    <message>
        <source>Say a sentence in English</source>
        <translation>Einen Satz auf Englisch sagen</translation>
    </message>
    <message>
        <source>For example: “The quick brown fox jumps over the lazy dog.” The words appear while you speak; when you pause they get capital letters and full stops.</source>
        <translation>Zum Beispiel: „The quick brown fox jumps over the lazy dog.“ Die Wörter erscheinen beim Sprechen; in einer Pause bekommen sie Großbuchstaben und Punkte.</translation>
    </message>
    <message>
        <source>The model is being loaded, for a few seconds…</source>
        <translation>Das Modell wird ein paar Sekunden lang geladen …</translation>
    </message>
    <message>
        <source>That is all. What you record or transcribe is kept in the library.</source>
        <translation>Das ist alles. Was aufgenommen oder transkribiert wird, bleibt in der Bibliothek.</translation>
    </message>
    <message>
        <source>Listening: speak now.</source>
        <translation>Hört zu: jetzt sprechen.</translation>
    </message>
</context>
<context>
    <name>SettingsPage</name>
    <message>
        <source>Search settings</source>
        <translation>Einstellungen durchsuchen</translation>
    </message>
    <message>
        <source>Sections</source>
        <translation>Bereiche</translation>
    </message>
    <message>
        <source>No setting has these words.</source>
        <translation>Keine Einstellung enthält diese Wörter.</translation>
    </message>
    <message>
        <source>First steps again</source>
        <translation>Erste Schritte noch einmal</translation>
    </message>
    <message>
        <source>About SpeechRNN</source>
        <translation>Über SpeechRNN</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Einstellungen</translation>
    </message>
</context>
<context>
    <name>StatusLine</name>
    <message>
        <source>Length of the recording</source>
        <translation>Länge der Aufnahme</translation>
    </message>
    <message>
        <source>From the end of a word to its showing, measured</source>
        <translation>Vom Ende eines Worts bis zur Anzeige, gemessen</translation>
    </message>
    <message>
        <source>Recorded and not heard by the recognizer yet</source>
        <translation>Aufgenommen und noch nicht erkannt</translation>
    </message>
    <message>
        <source>Samples that the system did not deliver in time</source>
        <translation>Abtastwerte, die das System nicht rechtzeitig lieferte</translation>
    </message>
    <message>
        <source>Share of the time in which recognition is busy</source>
        <translation>Anteil der Zeit, in der die Erkennung arbeitet</translation>
    </message>
    <message>
        <source>Delay {latency}</source>
        <translation>Latenz {latency}</translation>
    </message>
    <message>
        <source>Behind {seconds} s</source>
        <translation>Rückstand {seconds} s</translation>
    </message>
    <message>
        <source>0 samples lost</source>
        <translation>0 Abtastwerte verloren</translation>
    </message>
    <message>
        <source>{time} s lost</source>
        <translation>{time} s verloren</translation>
    </message>
    <message>
        <source>Load {percent} %</source>
        <translation>Last {percent} %</translation>
    </message>
</context>
<context>
    <name>SubtitlesSection</name>
    <message>
        <source>Subtitles</source>
        <translation>Untertiteldateien</translation>
    </message>
    <message>
        <source>seconds</source>
        <translation>Sekunden</translation>
    </message>
    <message>
        <source>Most lines at a time</source>
        <translation>Höchstens Zeilen gleichzeitig</translation>
    </message>
    <message>
        <source>Most characters in a line</source>
        <translation>Höchstens Zeichen in einer Zeile</translation>
    </message>
    <message>
        <source>Shortest time on the screen</source>
        <translation>Kürzeste Anzeigedauer</translation>
    </message>
    <message>
        <source>Longest time on the screen</source>
        <translation>Längste Anzeigedauer</translation>
    </message>
    <message>
        <source>Reading speed</source>
        <translation>Lesegeschwindigkeit</translation>
    </message>
    <message>
        <source>Where speech is faster, text stays on the screen as long as it can.</source>
        <translation>Wo schneller gesprochen wird, bleibt der Text so lange wie möglich stehen.</translation>
    </message>
    <message>
        <source>characters a second</source>
        <translation>Zeichen je Sekunde</translation>
    </message>
    <message>
        <source>Gap between two subtitles</source>
        <translation>Abstand zweier Untertitel</translation>
    </message>
    <message>
        <source>So that the eye sees that the text has changed.</source>
        <translation>Damit das Auge sieht, dass der Text gewechselt hat.</translation>
    </message>
    <message>
        <source>Pause that ends a subtitle</source>
        <translation>Pause, die einen Untertitel beendet</translation>
    </message>
    <message>
        <source>Silence longer than this.</source>
        <translation>Stille, die länger dauert.</translation>
    </message>
</context>
<context>
    <name>Suggestions</name>
    <message>
        <source>The likeliest words to go on with</source>
        <translation>Die wahrscheinlichsten nächsten Wörter</translation>
    </message>
    <message>
        <source>{number}  {word}  {percent} %</source>
        <translation>{number}  {word}  {percent} %</translation>
    </message>
</context>
<context>
    <name>TapDialog</name>
    <message>
        <source>Tap a rhythm</source>
        <translation>Rhythmus tippen</translation>
    </message>
    <message>
        <source>Tap the space bar, or click, once for each note, at {tempo} beats a minute. The tune begins with this rhythm; its pitches are the network&apos;s. Backspace begins again.</source>
        <translation>Für jede Note einmal die Leertaste tippen oder klicken, bei {tempo} Schlägen je Minute. Die Melodie beginnt mit diesem Rhythmus; die Tonhöhen sind die des Netzes. Die Rücktaste beginnt von vorn.</translation>
    </message>
    <message>
        <source>Tap here</source>
        <translation>Hier tippen</translation>
    </message>
    <message>
        <source>Begin with it</source>
        <translation>Damit beginnen</translation>
    </message>
    <message>
        <source>Notes: {n}</source>
        <translation>Noten: {n}</translation>
    </message>
</context>
<context>
    <name>Telling</name>
    <message>
        <source>{name} is not there: check the name and the folder.</source>
        <translation>{name} ist nicht da: Name und Ordner prüfen.</translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) are not there: check their names and folders.</source>
        <translation>
            <numerusform>%n Datei ist nicht da: Name und Ordner prüfen.</numerusform>
            <numerusform>%n Dateien sind nicht da: Namen und Ordner prüfen.</numerusform>
        </translation>
    </message>
    <message>
        <source>{name} was transcribed before.</source>
        <translation>{name} wurde schon transkribiert.</translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) were transcribed before.</source>
        <translation>
            <numerusform>%n Datei wurde schon transkribiert.</numerusform>
            <numerusform>%n Dateien wurden schon transkribiert.</numerusform>
        </translation>
    </message>
    <message>
        <source>Transcribe again</source>
        <translation>Neu transkribieren</translation>
    </message>
    <message>
        <source>{name} is in the queue already.</source>
        <translation>{name} steht schon in der Warteschlange.</translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) are in the queue already.</source>
        <translation>
            <numerusform>%n Datei steht schon in der Warteschlange.</numerusform>
            <numerusform>%n Dateien stehen schon in der Warteschlange.</numerusform>
        </translation>
    </message>
    <message>
        <source>New recordings in {name} are transcribed from now on.</source>
        <translation>Neue Aufnahmen in {name} werden ab jetzt transkribiert.</translation>
    </message>
    <message numerus="yes">
        <source>%n lie(s) there already.</source>
        <translation>
            <numerusform>%n liegt schon dort.</numerusform>
            <numerusform>%n liegen schon dort.</numerusform>
        </translation>
    </message>
    <message>
        <source>New recordings in {name} are transcribed from now on; {there}</source>
        <translation>Neue Aufnahmen in {name} werden ab jetzt transkribiert; {there}</translation>
    </message>
    <message>
        <source>Transcribe it too</source>
        <translation>Auch transkribieren</translation>
    </message>
    <message>
        <source>Transcribe them too</source>
        <translation>Alle auch transkribieren</translation>
    </message>
</context>
<context>
    <name>TextEditor</name>
    <message>
        <source>{percent} % likely</source>
        <translation>{percent} % wahrscheinlich</translation>
    </message>
    <message>
        <source>{percent} % likely, the first choice</source>
        <translation>{percent} % wahrscheinlich, die erste Wahl</translation>
    </message>
    <message>
        <source>{percent} % likely, number {rank} of all</source>
        <translation>{percent} % wahrscheinlich, Nummer {rank} von allen</translation>
    </message>
</context>
<context>
    <name>TextInput</name>
    <message>
        <source>{percent} % sure</source>
        <translation>{percent} % sicher</translation>
    </message>
    <message>
        <source>May also be: {others} (Alt+Down)</source>
        <translation>Vielleicht auch: {others} (Alt+Herunter)</translation>
    </message>
</context>
<context>
    <name>TextMenu</name>
    <message>
        <source>Speaker</source>
        <translation>Sprecher</translation>
    </message>
    <message>
        <source>Somebody else…</source>
        <translation>Jemand anderes …</translation>
    </message>
    <message>
        <source>Nobody</source>
        <translation>Niemand</translation>
    </message>
    <message>
        <source>Rename “{name}” everywhere…</source>
        <translation>„{name}“ überall umbenennen …</translation>
    </message>
    <message>
        <source>Who speaks here?</source>
        <translation>Wer spricht hier?</translation>
    </message>
    <message>
        <source>Name of “{name}” in the whole transcript</source>
        <translation>Name von „{name}“ im ganzen Transkript</translation>
    </message>
    <message>
        <source>Rename speaker</source>
        <translation>Sprecher umbenennen</translation>
    </message>
</context>
<context>
    <name>TextTab</name>
    <message>
        <source>Let the network go on, or stop it</source>
        <translation>Das Netz fortfahren lassen oder stoppen</translation>
    </message>
    <message>
        <source>Dictate, or stop it</source>
        <translation>Diktieren, oder damit aufhören</translation>
    </message>
    <message>
        <source>Choose the next word</source>
        <translation>Nächstes Wort wählen</translation>
    </message>
    <message>
        <source>Several ways to go on, side by side</source>
        <translation>Mehrere Fortsetzungen nebeneinander</translation>
    </message>
    <message>
        <source>Show how likely each character was</source>
        <translation>Zeigen, wie wahrscheinlich jedes Zeichen war</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>Wiederholen</translation>
    </message>
    <message>
        <source>Copy all</source>
        <translation>Alles kopieren</translation>
    </message>
    <message>
        <source>Save as a text file</source>
        <translation>Als Textdatei speichern</translation>
    </message>
    <message>
        <source>Another seed</source>
        <translation>Anderer Startwert</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>Fortsetzen</translation>
    </message>
    <message>
        <source>The text</source>
        <translation>Der Text</translation>
    </message>
    <message>
        <source>Write or dictate how it begins, or nothing at all, then press {key}: the network goes on.</source>
        <translation>Schreiben oder diktieren Sie, wie es anfängt, oder gar nichts, und drücken Sie {key}: Das Netz schreibt weiter.</translation>
    </message>
    <message>
        <source>Temperature</source>
        <translation>Temperatur</translation>
    </message>
    <message>
        <source>Lower is safer, higher is bolder.</source>
        <translation>Niedriger ist sicherer, höher ist kühner.</translation>
    </message>
    <message>
        <source>Length</source>
        <translation>Länge</translation>
    </message>
    <message>
        <source>characters</source>
        <translation>Zeichen</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>Startwert</translation>
    </message>
    <message>
        <source>The same seed gives the same text.</source>
        <translation>Derselbe Startwert ergibt denselben Text.</translation>
    </message>
    <message>
        <source>such as: THE END, \n\n</source>
        <translation>zum Beispiel: THE END, \n\n</translation>
    </message>
    <message>
        <source>Stop words</source>
        <translation>Stoppwörter</translation>
    </message>
    <message>
        <source>It stops behind any of them. Parted by commas; \n is the end of a line.</source>
        <translation>Nach jedem davon wird angehalten. Durch Kommas getrennt; \n ist das Ende einer Zeile.</translation>
    </message>
    <message>
        <source>Top-k</source>
        <translation>Top-k</translation>
    </message>
    <message>
        <source>Only the k likeliest; 0 for all.</source>
        <translation>Nur die k wahrscheinlichsten; 0 für alle.</translation>
    </message>
    <message>
        <source>Top-p</source>
        <translation>Top-p</translation>
    </message>
    <message>
        <source>Only the likeliest that make up this share.</source>
        <translation>Nur die wahrscheinlichsten, die diesen Anteil ausmachen.</translation>
    </message>
    <message>
        <source>Min-p</source>
        <translation>Min-p</translation>
    </message>
    <message>
        <source>Only those this share as likely as the first.</source>
        <translation>Nur die, die diesen Anteil so wahrscheinlich sind wie das erste.</translation>
    </message>
    <message>
        <source>Guard against loops</source>
        <translation>Schutz vor Wiederholung</translation>
    </message>
    <message>
        <source>0 is off, 1 is firm, 5 is strict.</source>
        <translation>0 ist aus, 1 ist fest, 5 ist streng.</translation>
    </message>
    <message>
        <source>That is {n} characters at once; up to {most} can be pasted. Only the last {heard} before the cursor count for the network. Nothing was changed.</source>
        <translation>Das sind {n} Zeichen auf einmal; bis zu {most} lassen sich einfügen. Für das Netz zählen nur die letzten {heard} vor der Schreibmarke. Nichts wurde geändert.</translation>
    </message>
    <message>
        <source>The text is copied</source>
        <translation>Der Text ist kopiert</translation>
    </message>
    <message>
        <source>Written with SpeechRNN. To make the network&apos;s part again:</source>
        <translation>Mit SpeechRNN geschrieben. Um den Teil des Netzes noch einmal zu erzeugen:</translation>
    </message>
    <message>
        <source>Plain text</source>
        <translation>Reiner Text</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Stopp</translation>
    </message>
</context>
<context>
    <name>TextWriting</name>
    <message>
        <source>This model knows none of the characters before the cursor ({some}): it begins afresh.</source>
        <translation>Dieses Modell kennt keines der Zeichen vor der Schreibmarke ({some}): Es beginnt von vorn.</translation>
    </message>
    <message>
        <source>This model cannot write {some}: it goes on as if they were not there.</source>
        <translation>Dieses Modell kann {some} nicht schreiben: Es fährt fort, als wären sie nicht da.</translation>
    </message>
</context>
<context>
    <name>TrainForm</name>
    <message>
        <source>Start training</source>
        <translation>Training starten</translation>
    </message>
    <message>
        <source>“{name}” is being trained: one at a time.</source>
        <translation>„{name}“ wird gerade trainiert: eines nach dem anderen.</translation>
    </message>
    <message>
        <source>Nothing: it learns from the beginning</source>
        <translation>Nichts: Es lernt von Anfang an</translation>
    </message>
    <message>
        <source>As the model it starts from: {size}.</source>
        <translation>Wie das Modell, von dem es ausgeht: {size}.</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>Text</translation>
    </message>
    <message>
        <source>Tunes</source>
        <translation>Melodien</translation>
    </message>
    <message>
        <source>It learns</source>
        <translation>Es lernt</translation>
    </message>
    <message>
        <source>Found by itself; change it where that is wrong.</source>
        <translation>Von selbst erkannt; ändern Sie es, wo das nicht stimmt.</translation>
    </message>
    <message>
        <source>Name of the model</source>
        <translation>Name des Modells</translation>
    </message>
    <message>
        <source>The Compose page shows it under this name.</source>
        <translation>Die Seite „Komponieren“ zeigt es unter diesem Namen.</translation>
    </message>
    <message>
        <source>Go on from that model; what comes out takes its place</source>
        <translation>Von diesem Modell ausgehen; das Ergebnis tritt an seine Stelle</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Größe</translation>
    </message>
    <message>
        <source>Start from</source>
        <translation>Ausgehen von</translation>
    </message>
    <message>
        <source>A model that knows the language already needs less text, and less time.</source>
        <translation>Ein Modell, das die Sprache schon kennt, braucht weniger Text und weniger Zeit.</translation>
    </message>
    <message>
        <source>minutes</source>
        <translation>Minuten</translation>
    </message>
    <message>
        <source>times through everything</source>
        <translation>Mal durch alles</translation>
    </message>
    <message>
        <source>What the length counts</source>
        <translation>Was die Länge zählt</translation>
    </message>
    <message>
        <source>How long</source>
        <translation>Wie lange</translation>
    </message>
    <message>
        <source>It can be stopped at any time; what was learned by then is kept, and can go on.</source>
        <translation>Es lässt sich jederzeit anhalten; was bis dahin gelernt ist, bleibt und kann weitergehen.</translation>
    </message>
    <message>
        <source>Train a network of your own</source>
        <translation>Ein eigenes Netz trainieren</translation>
    </message>
    <message>
        <source>It learns to write like the texts or tunes of a folder of yours, and then stands on the Compose page. Nothing leaves this computer.</source>
        <translation>Es lernt zu schreiben wie die Texte oder Melodien eines Ihrer Ordner und steht dann auf der Seite „Komponieren“. Nichts verlässt diesen Rechner.</translation>
    </message>
</context>
<context>
    <name>TrainPage</name>
    <message>
        <source>New training</source>
        <translation>Neues Training</translation>
    </message>
    <message>
        <source>Train</source>
        <translation>Trainieren</translation>
    </message>
    <message>
        <source>Choose a folder to learn from</source>
        <translation>Ordner wählen, aus dem gelernt wird</translation>
    </message>
    <message>
        <source>Start training</source>
        <translation>Training starten</translation>
    </message>
    <message>
        <source>Stop the training</source>
        <translation>Training anhalten</translation>
    </message>
    <message>
        <source>Resume the training</source>
        <translation>Training fortsetzen</translation>
    </message>
    <message>
        <source>Compose with the model</source>
        <translation>Mit dem Modell komponieren</translation>
    </message>
    <message>
        <source>Delete the training</source>
        <translation>Training löschen</translation>
    </message>
    <message>
        <source>Trainings</source>
        <translation>Trainings</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Löschen</translation>
    </message>
    <message>
        <source>Delete the training “{name}”?</source>
        <translation>Das Training „{name}“ löschen?</translation>
    </message>
    <message>
        <source>It cannot go on then. Its model stays on the Compose page.</source>
        <translation>Es kann dann nicht weitergehen. Sein Modell bleibt auf der Seite „Komponieren“.</translation>
    </message>
    <message>
        <source>It cannot go on then, and it has made no model yet.</source>
        <translation>Es kann dann nicht weitergehen, und ein Modell hat es noch nicht.</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>Zeigen</translation>
    </message>
    <message>
        <source>“{name}” is trained and on the Compose page.</source>
        <translation>„{name}“ ist trainiert und steht auf der Seite „Komponieren“.</translation>
    </message>
    <message>
        <source>The training of “{name}” broke off: {why}</source>
        <translation>Das Training von „{name}“ ist abgebrochen: {why}</translation>
    </message>
</context>
<context>
    <name>TranscriptActions</name>
    <message>
        <source>Play or pause</source>
        <translation>Abspielen oder pausieren</translation>
    </message>
    <message>
        <source>Play from here</source>
        <translation>Ab hier abspielen</translation>
    </message>
    <message>
        <source>Five seconds back</source>
        <translation>Fünf Sekunden zurück</translation>
    </message>
    <message>
        <source>Five seconds on</source>
        <translation>Fünf Sekunden vor</translation>
    </message>
    <message>
        <source>Slower</source>
        <translation>Langsamer</translation>
    </message>
    <message>
        <source>Faster</source>
        <translation>Schneller</translation>
    </message>
    <message>
        <source>Loop the line or the choice</source>
        <translation>Zeile oder Auswahl wiederholen</translation>
    </message>
    <message>
        <source>Waveform closer</source>
        <translation>Wellenform vergrößern</translation>
    </message>
    <message>
        <source>Waveform further</source>
        <translation>Wellenform verkleinern</translation>
    </message>
    <message>
        <source>Next marked moment</source>
        <translation>Nächster markierter Moment</translation>
    </message>
    <message>
        <source>Save the sound of the choice…</source>
        <translation>Ton der Auswahl speichern …</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>Wiederholen</translation>
    </message>
    <message>
        <source>Edit the line</source>
        <translation>Zeile bearbeiten</translation>
    </message>
    <message>
        <source>Split the line before the word</source>
        <translation>Zeile vor dem Wort teilen</translation>
    </message>
    <message>
        <source>Join with the next line</source>
        <translation>Mit der nächsten Zeile verbinden</translation>
    </message>
    <message>
        <source>Delete the line</source>
        <translation>Zeile löschen</translation>
    </message>
    <message>
        <source>Line begins 0.1 s earlier</source>
        <translation>Zeile beginnt 0,1 s früher</translation>
    </message>
    <message>
        <source>Line begins 0.1 s later</source>
        <translation>Zeile beginnt 0,1 s später</translation>
    </message>
    <message>
        <source>Line ends 0.1 s earlier</source>
        <translation>Zeile endet 0,1 s früher</translation>
    </message>
    <message>
        <source>Line ends 0.1 s later</source>
        <translation>Zeile endet 0,1 s später</translation>
    </message>
    <message>
        <source>Name the speaker</source>
        <translation>Sprecher benennen</translation>
    </message>
    <message>
        <source>Other words for this one</source>
        <translation>Andere Wörter für dieses</translation>
    </message>
    <message>
        <source>Doubtful word before</source>
        <translation>Voriges unsicheres Wort</translation>
    </message>
    <message>
        <source>Next doubtful word</source>
        <translation>Nächstes unsicheres Wort</translation>
    </message>
    <message>
        <source>This word is right, next one</source>
        <translation>Dieses Wort stimmt, zum nächsten</translation>
    </message>
    <message>
        <source>Back to the library</source>
        <translation>Zurück zur Bibliothek</translation>
    </message>
    <message>
        <source>Find</source>
        <translation>Suchen</translation>
    </message>
    <message>
        <source>Find and replace</source>
        <translation>Suchen und ersetzen</translation>
    </message>
    <message>
        <source>Next find</source>
        <translation>Nächste Fundstelle</translation>
    </message>
    <message>
        <source>Find before</source>
        <translation>Vorige Fundstelle</translation>
    </message>
    <message>
        <source>Close the search</source>
        <translation>Suche schließen</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>Copy all text</source>
        <translation>Ganzen Text kopieren</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>Exportieren</translation>
    </message>
    <message>
        <source>Print…</source>
        <translation>Drucken …</translation>
    </message>
</context>
<context>
    <name>TranscriptDesk</name>
    <message>
        <source>Where is the recording?</source>
        <translation>Wo ist die Aufnahme?</translation>
    </message>
</context>
<context>
    <name>TranscriptTextView</name>
    <message>
        <source>Transcript</source>
        <translation>Transkript</translation>
    </message>
    <message>
        <source>Arrow keys go from word to word, Enter plays the word, F2 edits the line.</source>
        <translation>Pfeiltasten gehen von Wort zu Wort, die Eingabetaste spielt das Wort ab, F2 bearbeitet die Zeile.</translation>
    </message>
</context>
<context>
    <name>TranscriptView</name>
    <message>
        <source>This recording is still being transcribed. Its text can be edited once it is done.</source>
        <translation>Diese Aufnahme wird noch transkribiert. Ihr Text lässt sich bearbeiten, sobald sie fertig ist.</translation>
    </message>
    <message>
        <source>There is no recording to this text.</source>
        <translation>Zu diesem Text gibt es keine Aufnahme.</translation>
    </message>
    <message>
        <source>The recording is not at {place}.</source>
        <translation>Die Aufnahme ist nicht unter {place}.</translation>
    </message>
    <message>
        <source>Locate…</source>
        <translation>Suchen …</translation>
    </message>
    <message>
        <source>Saved</source>
        <translation>Gespeichert</translation>
    </message>
    <message>
        <source>Saving…</source>
        <translation>Wird gespeichert …</translation>
    </message>
    <message>
        <source>The text can be edited once all of it is there.</source>
        <translation>Der Text lässt sich bearbeiten, sobald er ganz da ist.</translation>
    </message>
    <message>
        <source>Replaced: {n}</source>
        <translation>Ersetzt: {n}</translation>
    </message>
</context>
<context>
    <name>TransportBar</name>
    <message>
        <source>Time</source>
        <translation>Zeit</translation>
    </message>
    <message>
        <source>Speed</source>
        <translation>Tempo</translation>
    </message>
    <message>
        <source>Speed; the pitch stays</source>
        <translation>Tempo; die Tonhöhe bleibt</translation>
    </message>
</context>
<context>
    <name>VariationsView</name>
    <message>
        <source>None of them</source>
        <translation>Keine davon</translation>
    </message>
    <message>
        <source>Ways to go on:</source>
        <translation>Fortsetzungen:</translation>
    </message>
    <message>
        <source>Variation {number}</source>
        <translation>Variation {number}</translation>
    </message>
    <message>
        <source>Take {number}</source>
        <translation>{number} nehmen</translation>
    </message>
    <message>
        <source>seed {seed}</source>
        <translation>Startwert {seed}</translation>
    </message>
</context>
<context>
    <name>VoiceSwitches</name>
    <message>
        <source>Whether this voice sounds</source>
        <translation>Ob diese Stimme klingt</translation>
    </message>
    <message>
        <source>Soprano</source>
        <translation>Sopran</translation>
    </message>
    <message>
        <source>Alto</source>
        <translation>Alt</translation>
    </message>
    <message>
        <source>Tenor</source>
        <translation>Tenor</translation>
    </message>
    <message>
        <source>Bass</source>
        <translation>Bass</translation>
    </message>
</context>
<context>
    <name>WaveformView</name>
    <message>
        <source>Waveform</source>
        <translation>Wellenform</translation>
    </message>
</context>
<context>
    <name>Wording</name>
    <message>
        <source>No speech found</source>
        <translation>Keine Sprache gefunden</translation>
    </message>
    <message>
        <source>{time} left</source>
        <translation>noch {time}</translation>
    </message>
    <message>
        <source>{n} s</source>
        <translation>{n} s</translation>
    </message>
    <message>
        <source>{n} min</source>
        <translation>{n} min</translation>
    </message>
    <message>
        <source>{hours} h</source>
        <translation>{hours} h</translation>
    </message>
    <message>
        <source>{hours} h {minutes} min</source>
        <translation>{hours} h {minutes} min</translation>
    </message>
    <message>
        <source>{n}× real time</source>
        <translation>{n}× Echtzeit</translation>
    </message>
    <message numerus="yes">
        <source>%Ln word(s)</source>
        <translation>
            <numerusform>%Ln Wort</numerusform>
            <numerusform>%Ln Wörter</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln file(s)</source>
        <translation>
            <numerusform>%Ln Datei</numerusform>
            <numerusform>%Ln Dateien</numerusform>
        </translation>
    </message>
    <message>
        <source>{done} of {all} done</source>
        <translation>{done} von {all} fertig</translation>
    </message>
    <message>
        <source>{n} failed</source>
        <translation>{n} fehlgeschlagen</translation>
    </message>
    <message>
        <source>{n} paused</source>
        <translation>{n} pausiert</translation>
    </message>
    <message>
        <source>Track {n}</source>
        <translation>Spur {n}</translation>
    </message>
    <message>
        <source>mono</source>
        <translation>mono</translation>
    </message>
    <message>
        <source>stereo</source>
        <translation>stereo</translation>
    </message>
    <message>
        <source>{n} channels</source>
        <translation>{n} Kanäle</translation>
    </message>
    <message>
        <source>{n} %</source>
        <translation>{n} %</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>Wartet</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>Pausiert</translation>
    </message>
    <message>
        <source>Opening</source>
        <translation>Wird geöffnet</translation>
    </message>
    <message>
        <source>Loading the model</source>
        <translation>Modell wird geladen</translation>
    </message>
    <message>
        <source>Hearing it for the first time</source>
        <translation>Hört zum ersten Mal</translation>
    </message>
    <message>
        <source>Learning from what was heard</source>
        <translation>Lernt aus dem Gehörten</translation>
    </message>
    <message>
        <source>Finding where it stopped</source>
        <translation>Sucht, wo es aufhörte</translation>
    </message>
    <message>
        <source>Transcribing</source>
        <translation>Wird transkribiert</translation>
    </message>
    <message>
        <source>Writing the results</source>
        <translation>Ergebnisse werden geschrieben</translation>
    </message>
    <message>
        <source>Pausing…</source>
        <translation>Wird pausiert …</translation>
    </message>
    <message>
        <source>Cancelling…</source>
        <translation>Wird abgebrochen …</translation>
    </message>
    <message>
        <source>Removing…</source>
        <translation>Wird entfernt …</translation>
    </message>
    <message>
        <source>Running in another window</source>
        <translation>Läuft in einem anderen Fenster</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Fertig</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>Fehlgeschlagen</translation>
    </message>
    <message>
        <source>Cancelled</source>
        <translation>Abgebrochen</translation>
    </message>
    <message>
        <source>Text files: {files}, with {characters} characters</source>
        <translation>Textdateien: {files}, mit {characters} Zeichen</translation>
    </message>
    <message>
        <source>Files of tunes: {files}, with {tunes} tunes</source>
        <translation>Dateien mit Melodien: {files}, mit {tunes} Melodien</translation>
    </message>
    <message>
        <source>Other files, passed over: {files}</source>
        <translation>Andere Dateien, übergangen: {files}</translation>
    </message>
    <message>
        <source>Cannot be read: {count}, namely {names}</source>
        <translation>Nicht lesbar: {count}, nämlich {names}</translation>
    </message>
    <message>
        <source>Tunes that cannot be read: {count}</source>
        <translation>Melodien, die nicht lesbar sind: {count}</translation>
    </message>
    <message>
        <source>There is more than can be used: it stops at {count} characters.</source>
        <translation>Es ist mehr da, als sich nutzen lässt: Bei {count} Zeichen ist Schluss.</translation>
    </message>
    <message>
        <source>That is enough to learn the style of these tunes.</source>
        <translation>Das genügt, um den Stil dieser Melodien zu lernen.</translation>
    </message>
    <message>
        <source>That is enough to begin. Tunes get a style of their own from about {n} on.</source>
        <translation>Das genügt für den Anfang. Einen eigenen Stil bekommen Melodien ab etwa {n}.</translation>
    </message>
    <message>
        <source>That is enough for words and phrases; sentences come from about a million on.</source>
        <translation>Das genügt für Wörter und Wendungen; Sätze kommen ab etwa einer Million.</translation>
    </message>
    <message>
        <source>That is enough to begin. Words come from about {n} characters on, sentences from a million; starting from a model that is there helps.</source>
        <translation>Das genügt für den Anfang. Wörter kommen ab etwa {n} Zeichen, Sätze ab einer Million; von einem vorhandenen Modell auszugehen hilft.</translation>
    </message>
    <message>
        <source>Choose a folder first.</source>
        <translation>Wählen Sie zuerst einen Ordner.</translation>
    </message>
    <message>
        <source>The folder is still being looked through.</source>
        <translation>Der Ordner wird noch durchgesehen.</translation>
    </message>
    <message>
        <source>There is no text and no tune in it. Text files (such as .txt, .md, .py), ABC and MIDI files can be used.</source>
        <translation>Darin ist kein Text und keine Melodie. Textdateien (wie .txt, .md, .py), ABC- und MIDI-Dateien lassen sich nutzen.</translation>
    </message>
    <message>
        <source>None of its files can be read.</source>
        <translation>Keine seiner Dateien ist lesbar.</translation>
    </message>
    <message>
        <source>Too little: {n} characters. At least {least} are needed.</source>
        <translation>Zu wenig: {n} Zeichen. Mindestens {least} sind nötig.</translation>
    </message>
    <message>
        <source>Too little: {n} tunes. At least {least} of some length are needed.</source>
        <translation>Zu wenig: {n} Melodien. Mindestens {least} von einiger Länge sind nötig.</translation>
    </message>
    <message>
        <source>Give the model a name.</source>
        <translation>Geben Sie dem Modell einen Namen.</translation>
    </message>
    <message>
        <source>Use letters without accents, digits, and - _ . between them.</source>
        <translation>Nehmen Sie Buchstaben ohne Umlaute und Akzente, Ziffern und dazwischen - _ .</translation>
    </message>
    <message>
        <source>Use at most {n} letters.</source>
        <translation>Nehmen Sie höchstens {n} Buchstaben.</translation>
    </message>
    <message>
        <source>Another model has this name. Choose another one.</source>
        <translation>Ein anderes Modell heißt so. Wählen Sie einen anderen Namen.</translation>
    </message>
    <message>
        <source>You have a model of this name. Go on from it below, or choose another name.</source>
        <translation>Sie haben ein Modell dieses Namens. Gehen Sie unten davon aus oder wählen Sie einen anderen Namen.</translation>
    </message>
    <message>
        <source>You have a model of this name, of another kind. Choose another name.</source>
        <translation>Sie haben ein Modell dieses Namens, von anderer Art. Wählen Sie einen anderen Namen.</translation>
    </message>
    <message>
        <source>A training of this name is in the list. Resume or delete it there, or choose another name.</source>
        <translation>Ein Training dieses Namens steht in der Liste. Setzen Sie es dort fort, löschen Sie es oder wählen Sie einen anderen Namen.</translation>
    </message>
    <message>
        <source>It lacks {share} % of the characters of these texts. Choose another start.</source>
        <translation>Ihm fehlen {share} % der Zeichen dieser Texte. Gehen Sie von einem anderen aus.</translation>
    </message>
    <message>
        <source>Small</source>
        <translation>Klein</translation>
    </message>
    <message>
        <source>Medium</source>
        <translation>Mittel</translation>
    </message>
    <message>
        <source>Large</source>
        <translation>Groß</translation>
    </message>
    <message>
        <source>First words after minutes, its best within an hour on most computers. Best for little text.</source>
        <translation>Erste Wörter nach Minuten, sein Bestes auf den meisten Rechnern binnen einer Stunde. Am besten für wenig Text.</translation>
    </message>
    <message>
        <source>About four times as slow as small, and better from a million characters on: an evening.</source>
        <translation>Etwa viermal so langsam wie klein, und besser ab einer Million Zeichen: ein Abend.</translation>
    </message>
    <message>
        <source>About fifteen times as slow as small: a night, or days. Worth it for several million characters.</source>
        <translation>Etwa fünfzehnmal so langsam wie klein: eine Nacht oder Tage. Lohnt sich bei mehreren Millionen Zeichen.</translation>
    </message>
    <message>
        <source>{n} units</source>
        <translation>{n} Einheiten</translation>
    </message>
    <message>
        <source>Tunes</source>
        <translation>Melodien</translation>
    </message>
    <message>
        <source>Text in pieces of words</source>
        <translation>Text in Wortstücken</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>Text</translation>
    </message>
    <message>
        <source>Stopping…</source>
        <translation>Wird angehalten …</translation>
    </message>
    <message>
        <source>Starting…</source>
        <translation>Startet …</translation>
    </message>
    <message>
        <source>Not begun</source>
        <translation>Nicht begonnen</translation>
    </message>
    <message>
        <source>Training</source>
        <translation>Trainiert</translation>
    </message>
    <message>
        <source>Being ended</source>
        <translation>Wird beendet</translation>
    </message>
    <message>
        <source>Stopped</source>
        <translation>Angehalten</translation>
    </message>
    <message>
        <source>Finished</source>
        <translation>Fertig</translation>
    </message>
    <message>
        <source>Damaged</source>
        <translation>Beschädigt</translation>
    </message>
    <message>
        <source>It finishes its step, then keeps what it learned and writes the model.</source>
        <translation>Es beendet seinen Schritt, behält dann, was es gelernt hat, und schreibt das Modell.</translation>
    </message>
    <message>
        <source>Nothing was learned yet. Resume begins.</source>
        <translation>Noch ist nichts gelernt. „Fortsetzen“ beginnt.</translation>
    </message>
    <message>
        <source>You can go on working: other things come first. Closing the app stops the training and keeps it; Resume goes on at the next start.</source>
        <translation>Sie können weiterarbeiten: Anderes geht vor. Wird das Programm geschlossen, hält das Training an und bleibt erhalten; „Fortsetzen“ macht beim nächsten Start weiter.</translation>
    </message>
    <message>
        <source>It was stopped when the app was closed, and is being kept: a moment.</source>
        <translation>Es wurde beim Schließen des Programms angehalten und wird gesichert: einen Moment.</translation>
    </message>
    <message>
        <source>What it learned is kept, and its model is on the Compose page. Resume goes on.</source>
        <translation>Was es gelernt hat, ist gesichert, und sein Modell steht auf der Seite „Komponieren“. „Fortsetzen“ macht weiter.</translation>
    </message>
    <message>
        <source>It was broken off. Resume goes on from what was kept last.</source>
        <translation>Es wurde abgebrochen. „Fortsetzen“ macht bei dem weiter, was zuletzt gesichert wurde.</translation>
    </message>
    <message>
        <source>Its model is on the Compose page.</source>
        <translation>Sein Modell steht auf der Seite „Komponieren“.</translation>
    </message>
    <message>
        <source>Nothing that was kept is lost. Resume goes on from there.</source>
        <translation>Nichts Gesichertes ist verloren. „Fortsetzen“ macht dort weiter.</translation>
    </message>
    <message>
        <source>It cannot go on. If it has made a model, that is on the Compose page.</source>
        <translation>Es kann nicht weitergehen. Hat es ein Modell, steht das auf der Seite „Komponieren“.</translation>
    </message>
    <message>
        <source>{done} of {total}</source>
        <translation>{done} von {total}</translation>
    </message>
    <message>
        <source>{nats} nats ({bits} bits)</source>
        <translation>{nats} Nats ({bits} Bits)</translation>
    </message>
    <message>
        <source>No steps yet.</source>
        <translation>Noch keine Schritte.</translation>
    </message>
    <message>
        <source>At step {step}, training: {value} a token.</source>
        <translation>Bei Schritt {step}, Training: {value} je Zeichen.</translation>
    </message>
    <message>
        <source>Held back, at step {step}: {value} a token.</source>
        <translation>Zurückgehalten, bei Schritt {step}: {value} je Zeichen.</translation>
    </message>
    <message>
        <source>Best, at step {step}: {value}.</source>
        <translation>Am besten, bei Schritt {step}: {value}.</translation>
    </message>
</context>
<context>
    <name>Words</name>
    <message>
        <source>This is no number. Type one from {low} to {high}.</source>
        <translation>Das ist keine Zahl. Eine von {low} bis {high} eingeben.</translation>
    </message>
    <message>
        <source>Type a whole number from {low} to {high}.</source>
        <translation>Eine ganze Zahl von {low} bis {high} eingeben.</translation>
    </message>
    <message>
        <source>Type a number from {low} to {high}.</source>
        <translation>Eine Zahl von {low} bis {high} eingeben.</translation>
    </message>
    <message>
        <source>Line {line}: {what}.</source>
        <translation>Zeile {line}: {what}.</translation>
    </message>
    <message>
        <source>“{what}” is no folder. Type its whole path.</source>
        <translation>„{what}“ ist kein Ordner. Den ganzen Pfad eingeben.</translation>
    </message>
    <message>
        <source>“{what}” has this key already.</source>
        <translation>„{what}“ hat diese Taste schon.</translation>
    </message>
    <message>
        <source>Not taken: {what}.</source>
        <translation>Nicht übernommen: {what}.</translation>
    </message>
</context>
</TS>
