<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="es" sourcelanguage="en">
<context>
    <name>AboutDialog</name>
    <message>
        <source>About SpeechRNN</source>
        <translation>Acerca de SpeechRNN</translation>
    </message>
    <message>
        <source>Captions, transcripts, text and music by recurrent networks, on your own computer. Nothing that you say or open leaves it.</source>
        <translation>Subtítulos, transcripciones, texto y música con redes recurrentes, en el propio equipo. Nada de lo que se dice o se abre sale de él.</translation>
    </message>
    <message>
        <source>Licences</source>
        <translation>Licencias</translation>
    </message>
    <message>
        <source>Copy the version</source>
        <translation>Copiar la versión</translation>
    </message>
</context>
<context>
    <name>CaptionOverlay</name>
    <message>
        <source>Captions</source>
        <translation>Subtítulos</translation>
    </message>
    <message>
        <source>Caption window</source>
        <translation>Ventana de subtítulos</translation>
    </message>
    <message>
        <source>Captions appear here</source>
        <translation>Aquí aparecen los subtítulos</translation>
    </message>
    <message numerus="yes">
        <source>%n line(s)</source>
        <translation>
            <numerusform>%n línea</numerusform>
            <numerusform>%n líneas</numerusform>
        </translation>
    </message>
    <message>
        <source>Ground {percent} %</source>
        <translation>Fondo {percent} %</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Cerrar</translation>
    </message>
</context>
<context>
    <name>CaptionView</name>
    <message>
        <source>Captions</source>
        <translation>Subtítulos</translation>
    </message>
    <message>
        <source>{percent} % sure</source>
        <translation>{percent} % de certeza</translation>
    </message>
</context>
<context>
    <name>CardDialog</name>
    <message>
        <source>The model {name}</source>
        <translation>El modelo {name}</translation>
    </message>
</context>
<context>
    <name>CheckPage</name>
    <message>
        <source>Copy as text</source>
        <translation>Copiar como texto</translation>
    </message>
    <message>
        <source>Progress of the checks</source>
        <translation>Progreso de la comprobación</translation>
    </message>
    <message>
        <source>Check this computer, or stop</source>
        <translation>Comprobar este equipo o detener la comprobación</translation>
    </message>
    <message>
        <source>Check</source>
        <translation>Comprobar</translation>
    </message>
    <message>
        <source>Check this computer</source>
        <translation>Comprobar este equipo</translation>
    </message>
    <message>
        <source>Tests models, folders, microphone and sound, then transcribes ten sentences and measures how quick and how good that is here. It takes about a minute; nothing leaves this computer.</source>
        <translation>Comprueba modelos, carpetas, micrófono y sonido; después transcribe diez frases y mide con qué rapidez y calidad se hace aquí. Tarda cerca de un minuto; nada sale de este equipo.</translation>
    </message>
    <message>
        <source>The report is in the clipboard.</source>
        <translation>El informe está en el portapapeles.</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Detener</translation>
    </message>
    <message>
        <source>Check now</source>
        <translation>Comprobar ahora</translation>
    </message>
    <message>
        <source>All is well.</source>
        <translation>Todo está bien.</translation>
    </message>
    <message>
        <source>It works, with a loss: see below.</source>
        <translation>Funciona, con limitaciones: véase abajo.</translation>
    </message>
    <message>
        <source>Something does not work: see below.</source>
        <translation>Algo no funciona: véase abajo.</translation>
    </message>
    <message>
        <source>Checking…</source>
        <translation>Comprobando…</translation>
    </message>
    <message>
        <source>Stopped before the end.</source>
        <translation>Detenida antes del final.</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>Modelos</translation>
    </message>
    <message>
        <source>Folders</source>
        <translation>Carpetas</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>Memoria</translation>
    </message>
    <message>
        <source>Microphone</source>
        <translation>Micrófono</translation>
    </message>
    <message>
        <source>Sound output</source>
        <translation>Salida de sonido</translation>
    </message>
    <message>
        <source>Speed</source>
        <translation>Velocidad</translation>
    </message>
    <message>
        <source>Accuracy</source>
        <translation>Precisión</translation>
    </message>
    <message>
        <source>Silence</source>
        <translation>Silencio</translation>
    </message>
    <message>
        <source>Live captions</source>
        <translation>Subtítulos en directo</translation>
    </message>
    <message>
        <source>waiting</source>
        <translation>en espera</translation>
    </message>
    <message>
        <source>running</source>
        <translation>en curso</translation>
    </message>
    <message>
        <source>all right</source>
        <translation>correcto</translation>
    </message>
    <message>
        <source>works with a loss</source>
        <translation>funciona con limitaciones</translation>
    </message>
    <message>
        <source>does not work</source>
        <translation>no funciona</translation>
    </message>
</context>
<context>
    <name>ComposePage</name>
    <message>
        <source>Compose</source>
        <translation>Componer</translation>
    </message>
    <message>
        <source>Text or music</source>
        <translation>Texto o música</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>Texto</translation>
    </message>
    <message>
        <source>Music</source>
        <translation>Música</translation>
    </message>
    <message>
        <source>Look again</source>
        <translation>Buscar de nuevo</translation>
    </message>
    <message>
        <source>Write text</source>
        <translation>Escribir texto</translation>
    </message>
    <message>
        <source>Compose music</source>
        <translation>Componer música</translation>
    </message>
    <message>
        <source>Looking for models…</source>
        <translation>Buscando modelos…</translation>
    </message>
    <message>
        <source>No model that writes text is installed</source>
        <translation>No hay instalado ningún modelo que escriba texto</translation>
    </message>
    <message>
        <source>No model that composes music is installed</source>
        <translation>No hay instalado ningún modelo que componga música</translation>
    </message>
    <message>
        <source>Train one on the page Train, from texts or tunes of your own. Or copy one that somebody gave you into the folder of models, under a name of its own.</source>
        <translation>Entrene uno en la página Entrenar, con textos o melodías propios. O copie uno que le hayan dado a la carpeta de modelos, con un nombre propio.</translation>
    </message>
</context>
<context>
    <name>CurveChart</name>
    <message>
        <source>Curves of the training</source>
        <translation>Curvas del entrenamiento</translation>
    </message>
    <message>
        <source>The curves begin with the first steps.</source>
        <translation>Las curvas empiezan con los primeros pasos.</translation>
    </message>
    <message>
        <source>Steps</source>
        <translation>Pasos</translation>
    </message>
    <message>
        <source>Nats a token</source>
        <translation>Nats por símbolo</translation>
    </message>
    <message>
        <source>training</source>
        <translation>entrenamiento</translation>
    </message>
    <message>
        <source>held back</source>
        <translation>reservado</translation>
    </message>
</context>
<context>
    <name>Details</name>
    <message>
        <source>Progress</source>
        <translation>Progreso</translation>
    </message>
    <message>
        <source>Open in library</source>
        <translation>Abrir en la biblioteca</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Cancelar</translation>
    </message>
    <message>
        <source>Transcribe again</source>
        <translation>Transcribir de nuevo</translation>
    </message>
    <message>
        <source>Show results</source>
        <translation>Mostrar resultados</translation>
    </message>
    <message>
        <source>Audio track</source>
        <translation>Pista de audio</translation>
    </message>
    <message>
        <source>{files} chosen</source>
        <translation>{files}: selección</translation>
    </message>
    <message>
        <source>The text appears here while it is transcribed.</source>
        <translation>El texto aparece aquí durante la transcripción.</translation>
    </message>
    <message>
        <source>Nobody speaks in this recording.</source>
        <translation>Nadie habla en esta grabación.</translation>
    </message>
    <message>
        <source>There is no text yet.</source>
        <translation>Todavía no hay texto.</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Pausar</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Reintentar</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>Continuar</translation>
    </message>
</context>
<context>
    <name>Dictation</name>
    <message>
        <source>A live session has the microphone: end it on the page Live, then dictate.</source>
        <translation>Una sesión en directo tiene el micrófono: termínela en la página En directo y dicte después.</translation>
    </message>
    <message>
        <source>There is no microphone: plug one in, then press the key again.</source>
        <translation>No hay ningún micrófono: conecte uno y pulse la tecla otra vez.</translation>
    </message>
</context>
<context>
    <name>DictationBar</name>
    <message>
        <source>Then let the network go on</source>
        <translation>Después, que siga la red</translation>
    </message>
    <message>
        <source>At the first pause it stops to listen and writes on</source>
        <translation>En la primera pausa deja de escuchar y sigue escribiendo</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Detener</translation>
    </message>
    <message>
        <source>What is heard</source>
        <translation>Lo que se oye</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Cerrar</translation>
    </message>
    <message>
        <source>Looking for the microphone…</source>
        <translation>Buscando el micrófono…</translation>
    </message>
    <message>
        <source>The model is being loaded, for a few seconds…</source>
        <translation>El modelo se está cargando, unos segundos…</translation>
    </message>
    <message>
        <source>The last words are being written…</source>
        <translation>Se están escribiendo las últimas palabras…</translation>
    </message>
    <message>
        <source>Listening to {microphone}: speak now.</source>
        <translation>Escuchando {microphone}: hable ahora.</translation>
    </message>
    <message>
        <source>Listening: speak now.</source>
        <translation>Escuchando: hable ahora.</translation>
    </message>
</context>
<context>
    <name>DoubtBar</name>
    <message>
        <source>Doubtful below</source>
        <translation>Dudosa por debajo de</translation>
    </message>
    <message>
        <source>Doubtful words</source>
        <translation>Palabras dudosas</translation>
    </message>
    <message numerus="yes">
        <source>%Ln doubtful word(s)</source>
        <translation>
            <numerusform>%Ln palabra dudosa</numerusform>
            <numerusform>%Ln palabras dudosas</numerusform>
        </translation>
    </message>
    <message>
        <source>Word {number} of {doubtful}</source>
        <translation>Palabra {number} de {doubtful}</translation>
    </message>
    <message>
        <source>{here}, about {found} wrong  ·  in all about {wrong} of {words}</source>
        <translation>{here}, unas {found} erróneas  ·  en total unas {wrong} de {words}</translation>
    </message>
    <message>
        <source>{doubtful} of {words} words are doubtful, and about {found} of these are wrong. In the whole transcript about {wrong} words are wrong. Estimated from how sure the recognizer was of each.</source>
        <translation>{doubtful} de {words} palabras son dudosas y, de ellas, unas {found} son erróneas. En toda la transcripción hay unas {wrong} palabras erróneas. Estimado según la certeza del reconocedor en cada una.</translation>
    </message>
    <message>
        <source>Doubtful below {percent} %</source>
        <translation>Dudosa por debajo del {percent} %</translation>
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
        <translation>«{word}» es correcta</translation>
    </message>
</context>
<context>
    <name>DropTarget</name>
    <message>
        <source>Add files…</source>
        <translation>Añadir archivos…</translation>
    </message>
    <message>
        <source>Add a folder…</source>
        <translation>Añadir una carpeta…</translation>
    </message>
    <message>
        <source>Watch a folder…</source>
        <translation>Vigilar una carpeta…</translation>
    </message>
    <message>
        <source>Drop recordings here</source>
        <translation>Soltar grabaciones aquí</translation>
    </message>
    <message>
        <source>Audio and video files of any kind, or folders of them. Nothing leaves this computer.</source>
        <translation>Archivos de audio y vídeo de cualquier tipo, o carpetas con ellos. Nada sale de este equipo.</translation>
    </message>
</context>
<context>
    <name>FileOutput</name>
    <message>
        <source>Export</source>
        <translation>Exportar</translation>
    </message>
    <message>
        <source>Show folder</source>
        <translation>Mostrar carpeta</translation>
    </message>
    <message>
        <source>{name} is written</source>
        <translation>{name} está escrito</translation>
    </message>
</context>
<context>
    <name>FilesContent</name>
    <message>
        <source>Another window of SpeechRNN works on the queue.</source>
        <translation>Otra ventana de SpeechRNN trabaja en la cola.</translation>
    </message>
    <message>
        <source>Change in the settings</source>
        <translation>Cambiar en los ajustes</translation>
    </message>
    <message>
        <source>beside each recording</source>
        <translation>junto a cada grabación</translation>
    </message>
    <message>
        <source>in the exports folder</source>
        <translation>en la carpeta de exportaciones</translation>
    </message>
    <message>
        <source>Results: {names}, {place}</source>
        <translation>Resultados: {names}, {place}</translation>
    </message>
    <message>
        <source>Results: in the library only</source>
        <translation>Resultados: solo en la biblioteca</translation>
    </message>
    <message numerus="yes">
        <source>Watching %n folder(s)</source>
        <translation>
            <numerusform>%n carpeta vigilada</numerusform>
            <numerusform>%n carpetas vigiladas</numerusform>
        </translation>
    </message>
    <message>
        <source>Clear done</source>
        <translation>Quitar terminados</translation>
    </message>
    <message>
        <source>Add files…</source>
        <translation>Añadir archivos…</translation>
    </message>
    <message>
        <source>Add files to the queue</source>
        <translation>Añadir archivos a la cola</translation>
    </message>
    <message>
        <source>More ways to add files</source>
        <translation>Más formas de añadir archivos</translation>
    </message>
    <message>
        <source>Files</source>
        <translation>Archivos</translation>
    </message>
</context>
<context>
    <name>FilesPage</name>
    <message>
        <source>Files</source>
        <translation>Archivos</translation>
    </message>
    <message>
        <source>Files are being transcribed. They go on where they are when the app is opened again.</source>
        <translation>Se están transcribiendo archivos. Al volver a abrir la aplicación, continuarán donde estaban.</translation>
    </message>
    <message>
        <source>Drop to transcribe</source>
        <translation>Soltar para transcribir</translation>
    </message>
</context>
<context>
    <name>FilesSection</name>
    <message>
        <source>Files</source>
        <translation>Archivos</translation>
    </message>
    <message>
        <source>Replace results that are there</source>
        <translation>Reemplazar los resultados existentes</translation>
    </message>
    <message>
        <source>Otherwise the new one gets a number behind its name.</source>
        <translation>Si no, el nuevo lleva un número detrás del nombre.</translation>
    </message>
    <message>
        <source>Leave out what is transcribed already</source>
        <translation>Omitir lo ya transcrito</translation>
    </message>
    <message>
        <source>A file is known again by its place, its size and its date.</source>
        <translation>Un archivo se reconoce por su ubicación, su tamaño y su fecha.</translation>
    </message>
    <message>
        <source>Files at a time</source>
        <translation>Archivos a la vez</translation>
    </message>
    <message>
        <source>Each needs its own copy of the model in memory. More than one rarely is quicker.</source>
        <translation>Cada uno necesita su propia copia del modelo en memoria. Más de uno rara vez es más rápido.</translation>
    </message>
    <message>
        <source>Written when a file is done. All of them can be made of any transcript later, too.</source>
        <translation>Se escriben cuando un archivo está terminado. También se pueden crear más tarde a partir de cualquier transcripción.</translation>
    </message>
    <message>
        <source>Formats</source>
        <translation>Formatos</translation>
    </message>
    <message>
        <source>Beside the recording</source>
        <translation>Junto a la grabación</translation>
    </message>
    <message>
        <source>In the folder for exports</source>
        <translation>En la carpeta de exportaciones</translation>
    </message>
    <message>
        <source>Place of results</source>
        <translation>Ubicación de los resultados</translation>
    </message>
    <message>
        <source>Name of results</source>
        <translation>Nombre de los resultados</translation>
    </message>
    <message>
        <source>For example “{name}”. There are {variables}.</source>
        <translation>Por ejemplo, «{name}». Se admiten {variables}.</translation>
    </message>
    <message>
        <source>Watched folders</source>
        <translation>Carpetas vigiladas</translation>
    </message>
    <message>
        <source>Recordings that appear in them are transcribed while the program runs.</source>
        <translation>Las grabaciones que aparecen en ellas se transcriben mientras el programa está abierto.</translation>
    </message>
</context>
<context>
    <name>FilterRow</name>
    <message>
        <source>Search all words and titles</source>
        <translation>Buscar en todas las palabras y títulos</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>Tipo</translation>
    </message>
    <message>
        <source>Live and files</source>
        <translation>En directo y archivos</translation>
    </message>
    <message>
        <source>Live</source>
        <translation>En directo</translation>
    </message>
    <message>
        <source>Files</source>
        <translation>Archivos</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Estado</translation>
    </message>
    <message>
        <source>In any state</source>
        <translation>Cualquier estado</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Terminadas</translation>
    </message>
    <message>
        <source>Unfinished</source>
        <translation>Incompletas</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>Con error</translation>
    </message>
    <message>
        <source>Recovered</source>
        <translation>Recuperadas</translation>
    </message>
    <message>
        <source>Order</source>
        <translation>Orden</translation>
    </message>
    <message>
        <source>Newest first</source>
        <translation>Más recientes primero</translation>
    </message>
    <message>
        <source>Oldest first</source>
        <translation>Más antiguas primero</translation>
    </message>
    <message>
        <source>By title</source>
        <translation>Por título</translation>
    </message>
    <message>
        <source>Longest first</source>
        <translation>Más largas primero</translation>
    </message>
    <message>
        <source>Shortest first</source>
        <translation>Más cortas primero</translation>
    </message>
    <message>
        <source>Library</source>
        <translation>Biblioteca</translation>
    </message>
</context>
<context>
    <name>FindBar</name>
    <message>
        <source>Find</source>
        <translation>Buscar</translation>
    </message>
    <message>
        <source>Replace with</source>
        <translation>Reemplazar por</translation>
    </message>
    <message>
        <source>Match case</source>
        <translation>Distinguir mayúsculas</translation>
    </message>
    <message>
        <source>Whole words</source>
        <translation>Palabras completas</translation>
    </message>
    <message>
        <source>Finds</source>
        <translation>Coincidencias</translation>
    </message>
    <message>
        <source>Replace</source>
        <translation>Reemplazar</translation>
    </message>
    <message>
        <source>Replace all</source>
        <translation>Reemplazar todo</translation>
    </message>
    <message>
        <source>Not found</source>
        <translation>Sin coincidencias</translation>
    </message>
    <message>
        <source>{number} of {many}</source>
        <translation>{number} de {many}</translation>
    </message>
    <message>
        <source>{many} found</source>
        <translation>Coincidencias: {many}</translation>
    </message>
</context>
<context>
    <name>FirstRunDialog</name>
    <message>
        <source>Skip</source>
        <translation>Omitir</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Atrás</translation>
    </message>
    <message>
        <source>Say another</source>
        <translation>Decir otra</translation>
    </message>
    <message>
        <source>Welcome to SpeechRNN</source>
        <translation>Bienvenida a SpeechRNN</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>Siguiente</translation>
    </message>
    <message>
        <source>Finish</source>
        <translation>Finalizar</translation>
    </message>
</context>
<context>
    <name>FolderField</name>
    <message>
        <source>Drop a folder here</source>
        <translation>Suelte una carpeta aquí</translation>
    </message>
    <message>
        <source>Choose a folder…</source>
        <translation>Elegir una carpeta…</translation>
    </message>
    <message>
        <source>Looking through the folder… {n} files so far</source>
        <translation>Mirando la carpeta… {n} archivos hasta ahora</translation>
    </message>
    <message>
        <source>One moment</source>
        <translation>Un momento</translation>
    </message>
    <message>
        <source>With texts (.txt, .md, .py and others), or with tunes (.abc, .mid).</source>
        <translation>Con textos (.txt, .md, .py y otros) o con melodías (.abc, .mid).</translation>
    </message>
    <message>
        <source>Choose another folder…</source>
        <translation>Elegir otra carpeta…</translation>
    </message>
    <message>
        <source>What shall it learn from?</source>
        <translation>¿De qué debe aprender?</translation>
    </message>
</context>
<context>
    <name>FolderLine</name>
    <message>
        <source>Choose…</source>
        <translation>Elegir…</translation>
    </message>
    <message>
        <source>Choose: {folder}</source>
        <translation>Elegir: {folder}</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Abrir</translation>
    </message>
    <message>
        <source>Open: {folder}</source>
        <translation>Abrir: {folder}</translation>
    </message>
</context>
<context>
    <name>FolderList</name>
    <message>
        <source>Watched folders</source>
        <translation>Carpetas vigiladas</translation>
    </message>
    <message>
        <source>Add…</source>
        <translation>Añadir…</translation>
    </message>
    <message>
        <source>Add a watched folder</source>
        <translation>Añadir una carpeta vigilada</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Quitar</translation>
    </message>
    <message>
        <source>Do not watch the chosen folder any more</source>
        <translation>Dejar de vigilar la carpeta elegida</translation>
    </message>
    <message>
        <source>Watch a folder</source>
        <translation>Vigilar una carpeta</translation>
    </message>
</context>
<context>
    <name>FoldersSection</name>
    <message>
        <source>Folders</source>
        <translation>Carpetas</translation>
    </message>
    <message>
        <source>Recordings of live sessions</source>
        <translation>Grabaciones de sesiones en directo</translation>
    </message>
    <message>
        <source>Exports of transcripts</source>
        <translation>Exportaciones de transcripciones</translation>
    </message>
    <message>
        <source>Library</source>
        <translation>Biblioteca</translation>
    </message>
    <message>
        <source>All transcripts and what belongs to them.</source>
        <translation>Todas las transcripciones y lo que les pertenece.</translation>
    </message>
    <message>
        <source>Settings file</source>
        <translation>Archivo de ajustes</translation>
    </message>
    <message>
        <source>Log</source>
        <translation>Registro</translation>
    </message>
    <message>
        <source>What went wrong, for a report. It stays on this computer.</source>
        <translation>Lo que falló, para un informe. Se queda en este equipo.</translation>
    </message>
    <message>
        <source>Empty for the usual folder. It is made when something is written.</source>
        <translation>Vacío para la carpeta habitual. Se crea cuando se escribe algo.</translation>
    </message>
    <message>
        <source>The folder is {folder}.</source>
        <translation>La carpeta es {folder}.</translation>
    </message>
</context>
<context>
    <name>GrowingText</name>
    <message>
        <source>Transcript so far</source>
        <translation>Transcripción hasta ahora</translation>
    </message>
</context>
<context>
    <name>HeardView</name>
    <message>
        <source>What the network hears</source>
        <translation>Lo que oye la red</translation>
    </message>
    <message>
        <source>Above the sound by pitch, below how likely each phoneme is to the network. The line is the blank: where it is high the network hears nothing new. Point at a word to see its frames.</source>
        <translation>Arriba, el sonido por altura; abajo, la probabilidad de cada fonema para la red. La línea es el símbolo vacío: donde está alta, la red no oye nada nuevo. Señalar una palabra para ver sus tramas.</translation>
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
acme widget 4   # nuestro producto</translation>
    </message>
</context>
<context>
    <name>KeyRow</name>
    <message>
        <source>Key for: {action}</source>
        <translation>Tecla para: {action}</translation>
    </message>
    <message>
        <source>Default</source>
        <translation>Predeterminada</translation>
    </message>
    <message>
        <source>Default key for: {action}</source>
        <translation>Tecla predeterminada para: {action}</translation>
    </message>
</context>
<context>
    <name>KeysDialog</name>
    <message>
        <source>Keys</source>
        <translation>Teclas</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>Tecla</translation>
    </message>
    <message>
        <source>What it does</source>
        <translation>Qué hace</translation>
    </message>
</context>
<context>
    <name>KeysSection</name>
    <message>
        <source>Keys</source>
        <translation>Teclas</translation>
    </message>
</context>
<context>
    <name>LevelMeter</name>
    <message>
        <source>Level of the microphone</source>
        <translation>Nivel del micrófono</translation>
    </message>
    <message>
        <source>{percent} percent</source>
        <translation>{percent} por ciento</translation>
    </message>
</context>
<context>
    <name>LibraryModel</name>
    <message>
        <source>Today</source>
        <translation>Hoy</translation>
    </message>
    <message>
        <source>Yesterday</source>
        <translation>Ayer</translation>
    </message>
    <message numerus="yes">
        <source>%Ln place(s)</source>
        <translation>
            <numerusform>%Ln coincidencia</numerusform>
            <numerusform>%Ln coincidencias</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln word(s)</source>
        <translation>
            <numerusform>%Ln palabra</numerusform>
            <numerusform>%Ln palabras</numerusform>
        </translation>
    </message>
    <message>
        <source>Recording</source>
        <translation>Grabando</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>En espera</translation>
    </message>
    <message>
        <source>Transcribing</source>
        <translation>Transcribiendo</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>En pausa</translation>
    </message>
    <message>
        <source>Unfinished</source>
        <translation>Incompleta</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>Con error</translation>
    </message>
    <message>
        <source>Stopped</source>
        <translation>Detenida</translation>
    </message>
    <message>
        <source>Recovered</source>
        <translation>Recuperada</translation>
    </message>
</context>
<context>
    <name>LibraryPage</name>
    <message>
        <source>Library</source>
        <translation>Biblioteca</translation>
    </message>
    <message>
        <source>The recording of “{title}” is not where it was: open it and locate the file.</source>
        <translation>La grabación de «{title}» no está donde estaba: abrirla y localizar el archivo.</translation>
    </message>
</context>
<context>
    <name>LineField</name>
    <message>
        <source>Text of the line</source>
        <translation>Texto de la línea</translation>
    </message>
</context>
<context>
    <name>ListView</name>
    <message numerus="yes">
        <source>%Ln recording(s)  ·  {hours} hours</source>
        <translation>
            <numerusform>%Ln grabación  ·  {hours} horas</numerusform>
            <numerusform>%Ln grabaciones  ·  {hours} horas</numerusform>
        </translation>
    </message>
    <message>
        <source>Nothing of this kind</source>
        <translation>Nada de este tipo</translation>
    </message>
    <message>
        <source>Choose other filters to see more.</source>
        <translation>Elegir otros filtros para ver más.</translation>
    </message>
    <message>
        <source>What you record in Live and transcribe in Files is kept here.</source>
        <translation>Aquí se guarda lo que se graba en «En directo» y se transcribe en «Archivos».</translation>
    </message>
    <message>
        <source>Nothing here yet</source>
        <translation>Todavía no hay nada</translation>
    </message>
    <message numerus="yes">
        <source>%Ln place(s)</source>
        <translation>
            <numerusform>%Ln coincidencia</numerusform>
            <numerusform>%Ln coincidencias</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The first %Ln place(s)</source>
        <translation>
            <numerusform>La primera coincidencia</numerusform>
            <numerusform>Las primeras %Ln coincidencias</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{places} in %Ln recording(s)</source>
        <translation>
            <numerusform>{places} en %Ln grabación</numerusform>
            <numerusform>{places} en %Ln grabaciones</numerusform>
        </translation>
    </message>
    <message>
        <source>Whole words are found, the last one by its beginning; quotes keep words in order.</source>
        <translation>Se buscan palabras completas, la última por su comienzo; las comillas mantienen el orden.</translation>
    </message>
    <message>
        <source>Nothing found</source>
        <translation>No se encontró nada</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>Buscar</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Abrir</translation>
    </message>
    <message>
        <source>Rename…</source>
        <translation>Cambiar nombre…</translation>
    </message>
    <message>
        <source>Delete…</source>
        <translation>Eliminar…</translation>
    </message>
    <message>
        <source>Transcribe now</source>
        <translation>Transcribir ahora</translation>
    </message>
    <message>
        <source>Recordings</source>
        <translation>Grabaciones</translation>
    </message>
    <message numerus="yes">
        <source>Recovered %n recording(s) after the program ended unexpectedly.</source>
        <translation>
            <numerusform>Se recuperó %n grabación tras un cierre inesperado del programa.</numerusform>
            <numerusform>Se recuperaron %n grabaciones tras un cierre inesperado del programa.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>LiveController</name>
    <message>
        <source>Live, {when}</source>
        <translation>En directo, {when}</translation>
    </message>
    <message>
        <source>The recording goes on, but there are no captions: {reason}</source>
        <translation>La grabación continúa, pero sin subtítulos: {reason}</translation>
    </message>
</context>
<context>
    <name>LivePage</name>
    <message>
        <source>Live</source>
        <translation>En directo</translation>
    </message>
    <message>
        <source>A recording is running.</source>
        <translation>Hay una grabación en curso.</translation>
    </message>
    <message>
        <source>Start or stop</source>
        <translation>Iniciar o detener</translation>
    </message>
    <message>
        <source>Pause or go on</source>
        <translation>Pausar o continuar</translation>
    </message>
    <message>
        <source>Mark this moment</source>
        <translation>Marcar este momento</translation>
    </message>
    <message>
        <source>Larger text</source>
        <translation>Texto más grande</translation>
    </message>
    <message>
        <source>Smaller text</source>
        <translation>Texto más pequeño</translation>
    </message>
    <message>
        <source>Caption window</source>
        <translation>Ventana de subtítulos</translation>
    </message>
    <message>
        <source>Show what the network hears</source>
        <translation>Mostrar lo que oye la red</translation>
    </message>
    <message>
        <source>Input</source>
        <translation>Entrada</translation>
    </message>
    <message>
        <source>What is recorded: a microphone, or what the computer plays</source>
        <translation>Lo que se graba: un micrófono o lo que reproduce el equipo</translation>
    </message>
    <message>
        <source>Delay</source>
        <translation>Retardo</translation>
    </message>
    <message>
        <source>How long words wait to be more certain; the error is measured</source>
        <translation>Cuánto esperan las palabras para ser más seguras; el error está medido</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>Iniciar</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Pausar</translation>
    </message>
    <message>
        <source>Newest words</source>
        <translation>Últimas palabras</translation>
    </message>
    <message>
        <source>Finishing …</source>
        <translation>Finalizando…</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Detener</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>Continuar</translation>
    </message>
    <message>
        <source>Choose the input, see its level move, and press {key}. Nothing leaves this computer.</source>
        <translation>Elegir la entrada, ver moverse su nivel y pulsar {key}. Nada sale de este equipo.</translation>
    </message>
    <message>
        <source>Ready to listen</source>
        <translation>Todo listo para escuchar</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>En pausa</translation>
    </message>
    <message>
        <source>The recording is kept. Go on when you like.</source>
        <translation>La grabación se conserva y puede continuar en cualquier momento.</translation>
    </message>
    <message>
        <source>Recording</source>
        <translation>Grabando</translation>
    </message>
    <message>
        <source>The model is loading; what is said now will not be lost.</source>
        <translation>El modelo se está cargando; lo que se diga ahora no se perderá.</translation>
    </message>
    <message>
        <source>Listening</source>
        <translation>Escuchando</translation>
    </message>
    <message>
        <source>Speak: words appear here.</source>
        <translation>Hablar: las palabras aparecen aquí.</translation>
    </message>
    <message>
        <source>The system&apos;s default</source>
        <translation>La del sistema</translation>
    </message>
    <message>
        <source>What the computer plays: {name}</source>
        <translation>Lo que reproduce el equipo: {name}</translation>
    </message>
    <message>
        <source>The chosen input is not there; the system&apos;s default is taken.</source>
        <translation>La entrada elegida no está; se usa la predeterminada del sistema.</translation>
    </message>
    <message>
        <source>No microphone was found: plug one in; it appears here by itself.</source>
        <translation>No se encontró ningún micrófono: al conectar uno, aparece aquí por sí solo.</translation>
    </message>
    <message>
        <source>Delay {seconds} s</source>
        <translation>Retardo {seconds} s</translation>
    </message>
    <message>
        <source>Delay {seconds} s, {percent} % errors at first</source>
        <translation>Retardo {seconds} s, al principio {percent} % de errores</translation>
    </message>
    <message numerus="yes">
        <source>{time} recorded, %Ln word(s).</source>
        <translation>
            <numerusform>{time} de grabación, %Ln palabra.</numerusform>
            <numerusform>{time} de grabación, %Ln palabras.</numerusform>
        </translation>
    </message>
    <message>
        <source>Open in the library</source>
        <translation>Abrir en la biblioteca</translation>
    </message>
    <message>
        <source>A recording of {time} that was cut off is safe in the library.</source>
        <translation>Una grabación de {time} que se interrumpió está a salvo en la biblioteca.</translation>
    </message>
    <message>
        <source>Show it</source>
        <translation>Mostrarla</translation>
    </message>
</context>
<context>
    <name>LiveSection</name>
    <message>
        <source>Live captions</source>
        <translation>Subtítulos en directo</translation>
    </message>
    <message>
        <source>Longest wait for a word</source>
        <translation>Espera máxima por una palabra</translation>
    </message>
    <message>
        <source>Longer waits make fewer mistakes in the text that is shown first. From 0.3 to 1.5 seconds.</source>
        <translation>Una espera más larga reduce los errores del texto que se muestra primero. De 0,3 a 1,5 segundos.</translation>
    </message>
    <message>
        <source>seconds</source>
        <translation>segundos</translation>
    </message>
    <message>
        <source>Size of the captions</source>
        <translation>Tamaño de los subtítulos</translation>
    </message>
    <message>
        <source>From 8 to 120 points.</source>
        <translation>De 8 a 120 puntos.</translation>
    </message>
    <message>
        <source>points</source>
        <translation>puntos</translation>
    </message>
    <message>
        <source>Lines of the caption window</source>
        <translation>Líneas de la ventana de subtítulos</translation>
    </message>
    <message>
        <source>Of the window that stays on top of all others.</source>
        <translation>De la ventana que queda por encima de las demás.</translation>
    </message>
    <message>
        <source>Background of the caption window</source>
        <translation>Fondo de la ventana de subtítulos</translation>
    </message>
    <message>
        <source>0 is clear, 1 is solid. The text itself stays solid.</source>
        <translation>0 es transparente, 1 es opaco. El texto siempre es opaco.</translation>
    </message>
    <message>
        <source>Show what the network hears</source>
        <translation>Mostrar lo que oye la red</translation>
    </message>
    <message>
        <source>A picture of the sound and of the letters that the network finds in it, while you speak.</source>
        <translation>Una imagen del sonido y de las letras que la red encuentra en él, mientras se habla.</translation>
    </message>
    <message>
        <source>Keep recordings</source>
        <translation>Conservar las grabaciones</translation>
    </message>
    <message>
        <source>The sound of a session stays beside its text. Without it only the text is kept.</source>
        <translation>El sonido de una sesión queda junto a su texto. Si no, solo se conserva el texto.</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>Como el sistema</translation>
    </message>
    <message>
        <source>What is heard. Inputs that are plugged in later appear here.</source>
        <translation>Lo que se escucha. Las entradas que se conecten después aparecen aquí.</translation>
    </message>
    <message>
        <source>{name} (not there now)</source>
        <translation>{name} (ahora no está)</translation>
    </message>
    <message>
        <source>Microphone</source>
        <translation>Micrófono</translation>
    </message>
    <message>
        <source>Put it back</source>
        <translation>Restablecer</translation>
    </message>
    <message>
        <source>Shows the caption window at the bottom of the screen again, in its first width.</source>
        <translation>Vuelve a mostrar la ventana de subtítulos al pie de la pantalla, con su anchura inicial.</translation>
    </message>
    <message>
        <source>Place of the caption window</source>
        <translation>Posición de la ventana de subtítulos</translation>
    </message>
</context>
<context>
    <name>LookSection</name>
    <message>
        <source>Look and language</source>
        <translation>Aspecto e idioma</translation>
    </message>
    <message>
        <source>Colours</source>
        <translation>Colores</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>Como el sistema</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Claro</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Oscuro</translation>
    </message>
    <message>
        <source>Size of the text</source>
        <translation>Tamaño del texto</translation>
    </message>
    <message>
        <source>All of the window grows with it.</source>
        <translation>Toda la ventana crece con él.</translation>
    </message>
    <message>
        <source>points</source>
        <translation>puntos</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Idioma</translation>
    </message>
    <message>
        <source>Of the window; in force at the next start. What is recognized does not depend on it.</source>
        <translation>De la ventana; vale desde el próximo inicio. Lo que se reconoce no depende de ello.</translation>
    </message>
    <message>
        <source>The window speaks the other language from its next start on.</source>
        <translation>La ventana hablará el otro idioma desde el próximo inicio.</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>Something went wrong ({what}). The details are in {folder}.</source>
        <translation>Algo ha fallado ({what}). Los detalles están en {folder}.</translation>
    </message>
    <message>
        <source>Show the page {page}</source>
        <translation>Mostrar la página «{page}»</translation>
    </message>
    <message>
        <source>Show the keys</source>
        <translation>Mostrar las teclas</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>Salir</translation>
    </message>
    <message>
        <source>Close the message</source>
        <translation>Cerrar el mensaje</translation>
    </message>
    <message>
        <source>Go to the list of pages</source>
        <translation>Ir a la lista de páginas</translation>
    </message>
    <message>
        <source>Stop and quit?</source>
        <translation>¿Detener y salir?</translation>
    </message>
    <message>
        <source>Stop and quit</source>
        <translation>Detener y salir</translation>
    </message>
    <message>
        <source>Keep running</source>
        <translation>Seguir</translation>
    </message>
    <message>
        <source>Still stopping: what was begun is being finished.</source>
        <translation>Deteniendo todavía: se está terminando lo empezado.</translation>
    </message>
</context>
<context>
    <name>MessageBar</name>
    <message>
        <source>Close this message</source>
        <translation>Cerrar este mensaje</translation>
    </message>
    <message>
        <source>{count} more</source>
        <translation>{count} más</translation>
    </message>
</context>
<context>
    <name>MicrophoneStep</name>
    <message>
        <source>Microphone</source>
        <translation>Micrófono</translation>
    </message>
    <message>
        <source>Choose your microphone</source>
        <translation>Elegir el micrófono</translation>
    </message>
    <message>
        <source>Say something: the bar below moves when it hears you. Nothing is recorded yet, and nothing ever leaves this computer.</source>
        <translation>Decir algo: la barra de abajo se mueve cuando oye una voz. Todavía no se graba nada, y nada sale nunca de este equipo.</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>Como el sistema</translation>
    </message>
    <message>
        <source>Looking for microphones…</source>
        <translation>Buscando micrófonos…</translation>
    </message>
    <message>
        <source>There is no microphone. Plug one in and it appears here; recordings can be transcribed without one.</source>
        <translation>No hay micrófono. Al conectar uno, aparece aquí; sin él también se pueden transcribir grabaciones.</translation>
    </message>
    <message>
        <source>It hears you.</source>
        <translation>Se oye la voz.</translation>
    </message>
    <message>
        <source>Waiting for a sound…</source>
        <translation>Esperando un sonido…</translation>
    </message>
</context>
<context>
    <name>MusicPanel</name>
    <message>
        <source>Key</source>
        <translation>Tonalidad</translation>
    </message>
    <message>
        <source>Mode</source>
        <translation>Modo</translation>
    </message>
    <message>
        <source>Meter</source>
        <translation>Compás</translation>
    </message>
    <message>
        <source>Bars</source>
        <translation>Compases</translation>
    </message>
    <message>
        <source>Of a new tune, or how many it goes on.</source>
        <translation>De una melodía nueva, o cuántos continúa.</translation>
    </message>
    <message>
        <source>Tempo</source>
        <translation>Tempo</translation>
    </message>
    <message>
        <source>quarters a minute</source>
        <translation>negras por minuto</translation>
    </message>
    <message>
        <source>Instrument</source>
        <translation>Instrumento</translation>
    </message>
    <message>
        <source>Temperature</source>
        <translation>Temperatura</translation>
    </message>
    <message>
        <source>Lower is safer, higher is bolder.</source>
        <translation>Más baja es más segura; más alta, más atrevida.</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>Semilla</translation>
    </message>
    <message>
        <source>The same seed gives the same tune.</source>
        <translation>La misma semilla da la misma melodía.</translation>
    </message>
    <message>
        <source>As the piece asks</source>
        <translation>Como pide la pieza</translation>
    </message>
    <message>
        <source>major</source>
        <translation>mayor</translation>
    </message>
    <message>
        <source>minor</source>
        <translation>menor</translation>
    </message>
    <message>
        <source>dorian</source>
        <translation>dórico</translation>
    </message>
    <message>
        <source>mixolydian</source>
        <translation>mixolidio</translation>
    </message>
    <message>
        <source>Piano</source>
        <translation>Piano</translation>
    </message>
    <message>
        <source>Harp</source>
        <translation>Arpa</translation>
    </message>
    <message>
        <source>Flute</source>
        <translation>Flauta</translation>
    </message>
    <message>
        <source>Fiddle</source>
        <translation>Violín</translation>
    </message>
    <message>
        <source>Organ</source>
        <translation>Órgano</translation>
    </message>
    <message>
        <source>Choir</source>
        <translation>Coro</translation>
    </message>
</context>
<context>
    <name>MusicTab</name>
    <message>
        <source>Compose a new tune, or stop</source>
        <translation>Componer una melodía nueva o detener</translation>
    </message>
    <message>
        <source>Go on behind it</source>
        <translation>Continuar tras ella</translation>
    </message>
    <message>
        <source>Make all bars anew but the locked ones</source>
        <translation>Rehacer todos los compases no bloqueados</translation>
    </message>
    <message>
        <source>Make this bar anew</source>
        <translation>Rehacer este compás</translation>
    </message>
    <message>
        <source>Harmonise the melody for four voices</source>
        <translation>Armonizar la melodía a cuatro voces</translation>
    </message>
    <message>
        <source>Play or stop</source>
        <translation>Reproducir o detener</translation>
    </message>
    <message>
        <source>Over and over</source>
        <translation>En bucle</translation>
    </message>
    <message>
        <source>Back to the beginning</source>
        <translation>Volver al principio</translation>
    </message>
    <message>
        <source>Tap a rhythm that it begins with</source>
        <translation>Marcar el ritmo inicial</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Deshacer</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>Rehacer</translation>
    </message>
    <message>
        <source>Open a MIDI or ABC file</source>
        <translation>Abrir un archivo MIDI o ABC</translation>
    </message>
    <message>
        <source>Save the tune as a file</source>
        <translation>Guardar la melodía como archivo</translation>
    </message>
    <message>
        <source>Show it as a score</source>
        <translation>Mostrar como partitura</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modelo</translation>
    </message>
    <message>
        <source>Compose</source>
        <translation>Crear</translation>
    </message>
    <message>
        <source>Drag the tune out of the window, as a MIDI file</source>
        <translation>Arrastrar la melodía fuera de la ventana, como archivo MIDI</translation>
    </message>
    <message>
        <source>Show it</source>
        <translation>Mostrarla</translation>
    </message>
    <message>
        <source>Harmonise it</source>
        <translation>Armonizarla</translation>
    </message>
    <message>
        <source>Not now</source>
        <translation>Ahora no</translation>
    </message>
    <message>
        <source>Harmonising needs a model of chorales, and none is installed: see the Check page.</source>
        <translation>Armonizar necesita un modelo de corales y no hay ninguno instalado: véase la página «Comprobar».</translation>
    </message>
    <message>
        <source>Open a tune</source>
        <translation>Abrir una melodía</translation>
    </message>
    <message>
        <source>Tunes (*.mid *.midi *.abc *.txt)</source>
        <translation>Melodías (*.mid *.midi *.abc *.txt)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>Todos los archivos (*)</translation>
    </message>
    <message>
        <source>{name}: {voices}, {notes}, {length}. What shall come of it?</source>
        <translation>{name}: {voices}, {notes}, {length}. ¿Qué se hace con ello?</translation>
    </message>
    <message numerus="yes">
        <source>%n voice(s)</source>
        <translation>
            <numerusform>%n voz</numerusform>
            <numerusform>%n voces</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n note(s)</source>
        <translation>
            <numerusform>%n nota</numerusform>
            <numerusform>%n notas</numerusform>
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
        <translation>Sonido (WAV)</translation>
    </message>
    <message>
        <source>Hold it and drag it to a folder or another program: it becomes a MIDI file there.</source>
        <translation>Mantener pulsado y arrastrar a una carpeta o a otro programa: allí se convierte en un archivo MIDI.</translation>
    </message>
    <message>
        <source>Nothing is heard: {reason}</source>
        <translation>No se oye nada: {reason}</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Detener</translation>
    </message>
    <message>
        <source>Play</source>
        <translation>Reproducir</translation>
    </message>
    <message>
        <source>Click a bar&apos;s number, or press L, to lock it; V makes the chosen bar anew.</source>
        <translation>Un clic en el número del compás, o L, lo bloquea; V rehace el compás elegido.</translation>
    </message>
    <message>
        <source>Choose a key and a meter and press Compose: notes appear and sound as they are made.</source>
        <translation>Elegir tonalidad y compás y pulsar «Crear»: las notas aparecen y suenan según se crean.</translation>
    </message>
</context>
<context>
    <name>OriginalityLine</name>
    <message>
        <source>Mark it</source>
        <translation>Marcarla</translation>
    </message>
    <message>
        <source>Mark what stands in the training data</source>
        <translation>Marcar lo que está en los datos de entrenamiento</translation>
    </message>
    <message>
        <source>This model keeps no index of its training data: what was copied cannot be told.</source>
        <translation>Este modelo no guarda un índice de sus datos de entrenamiento: no se puede saber qué se copió.</translation>
    </message>
    <message>
        <source>Original: no run of {n} notes or more stands in the training data.</source>
        <translation>Original: ninguna secuencia de {n} notas o más está en los datos de entrenamiento.</translation>
    </message>
    <message>
        <source>Original: no run of {n} characters or more stands in the training data.</source>
        <translation>Original: ninguna secuencia de {n} caracteres o más está en los datos de entrenamiento.</translation>
    </message>
    <message>
        <source>Longest run that stands in the training data, too: {n} notes; {percent} % of all notes.</source>
        <translation>Secuencia más larga que también está en los datos de entrenamiento: {n} notas; {percent} % de todas.</translation>
    </message>
    <message>
        <source>Longest run that stands in the training data, too: {n} characters; {percent} % of all.</source>
        <translation>Secuencia más larga que también está en los datos de entrenamiento: {n} caracteres; {percent} % del total.</translation>
    </message>
</context>
<context>
    <name>Output</name>
    <message>
        <source>PDF document  (.pdf)</source>
        <translation>Documento PDF  (.pdf)</translation>
    </message>
    <message>
        <source>PDF document</source>
        <translation>Documento PDF</translation>
    </message>
    <message>
        <source>Sound</source>
        <translation>Sonido</translation>
    </message>
    <message>
        <source>Plain text</source>
        <translation>Texto sin formato</translation>
    </message>
    <message>
        <source>Word document</source>
        <translation>Documento de Word</translation>
    </message>
    <message>
        <source>Markdown</source>
        <translation>Markdown</translation>
    </message>
    <message>
        <source>SubRip subtitles</source>
        <translation>Subtítulos SubRip</translation>
    </message>
    <message>
        <source>WebVTT subtitles</source>
        <translation>Subtítulos WebVTT</translation>
    </message>
    <message>
        <source>Table, comma-separated</source>
        <translation>Tabla, separada por comas</translation>
    </message>
    <message>
        <source>Table, tab-separated</source>
        <translation>Tabla, separada por tabulaciones</translation>
    </message>
    <message>
        <source>JSON, everything there is</source>
        <translation>JSON, todo lo que hay</translation>
    </message>
    <message>
        <source>Page</source>
        <translation>Página</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>Exportar</translation>
    </message>
    <message>
        <source>Sent to the printer</source>
        <translation>Enviado a la impresora</translation>
    </message>
    <message>
        <source>Show folder</source>
        <translation>Mostrar carpeta</translation>
    </message>
    <message>
        <source>{name} is written</source>
        <translation>{name} está escrito</translation>
    </message>
</context>
<context>
    <name>PageActions</name>
    <message>
        <source>Add files…</source>
        <translation>Añadir archivos…</translation>
    </message>
    <message>
        <source>Add a folder…</source>
        <translation>Añadir una carpeta…</translation>
    </message>
    <message>
        <source>Watch a folder…</source>
        <translation>Vigilar una carpeta…</translation>
    </message>
    <message>
        <source>Pause all</source>
        <translation>Pausar todo</translation>
    </message>
    <message>
        <source>Clear done</source>
        <translation>Quitar terminados</translation>
    </message>
    <message>
        <source>Open in library</source>
        <translation>Abrir en la biblioteca</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Pausar</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Cancelar</translation>
    </message>
    <message>
        <source>Transcribe again…</source>
        <translation>Transcribir de nuevo…</translation>
    </message>
    <message>
        <source>Show results in their folder</source>
        <translation>Mostrar los resultados en su carpeta</translation>
    </message>
    <message>
        <source>Move up</source>
        <translation>Subir</translation>
    </message>
    <message>
        <source>Move down</source>
        <translation>Bajar</translation>
    </message>
    <message>
        <source>Remove from the queue</source>
        <translation>Quitar de la cola</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>Continuar</translation>
    </message>
    <message>
        <source>Go on with all</source>
        <translation>Continuar todo</translation>
    </message>
    <message>
        <source>Transcribe {name} again?</source>
        <translation>¿Transcribir {name} de nuevo?</translation>
    </message>
    <message>
        <source>The text that is there, with all corrections, is replaced.</source>
        <translation>Se reemplaza el texto existente, con todas sus correcciones.</translation>
    </message>
    <message>
        <source>Replace the text</source>
        <translation>Reemplazar el texto</translation>
    </message>
    <message>
        <source>Keep it</source>
        <translation>Conservarlo</translation>
    </message>
    <message>
        <source>Audio and video</source>
        <translation>Audio y vídeo</translation>
    </message>
    <message>
        <source>All files</source>
        <translation>Todos los archivos</translation>
    </message>
    <message>
        <source>Add files</source>
        <translation>Añadir archivos</translation>
    </message>
    <message>
        <source>Add a folder</source>
        <translation>Añadir una carpeta</translation>
    </message>
    <message>
        <source>Watch a folder</source>
        <translation>Vigilar una carpeta</translation>
    </message>
</context>
<context>
    <name>PianoRoll</name>
    <message>
        <source>Piano roll</source>
        <translation>Rollo de pianola</translation>
    </message>
    <message>
        <source>No notes yet</source>
        <translation>Todavía no hay notas</translation>
    </message>
    <message>
        <source>{notes} notes; bar {bar} of {bars}, locked</source>
        <translation>{notes} notas; compás {bar} de {bars}, bloqueado</translation>
    </message>
    <message>
        <source>{notes} notes; bar {bar} of {bars}</source>
        <translation>{notes} notas; compás {bar} de {bars}</translation>
    </message>
</context>
<context>
    <name>Questions</name>
    <message>
        <source>Rename</source>
        <translation>Cambiar nombre</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>Título</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Eliminar</translation>
    </message>
    <message>
        <source>Delete “{title}” from the library?</source>
        <translation>¿Eliminar «{title}» de la biblioteca?</translation>
    </message>
    <message numerus="yes">
        <source>Delete %n entries from the library?</source>
        <translation>
            <numerusform>¿Eliminar %n entrada de la biblioteca?</numerusform>
            <numerusform>¿Eliminar %n entradas de la biblioteca?</numerusform>
        </translation>
    </message>
    <message>
        <source>The text cannot be brought back.</source>
        <translation>El texto no se puede recuperar.</translation>
    </message>
    <message>
        <source>Move the recording to the bin too:
{path}</source>
        <translation>Mover también la grabación a la papelera:
{path}</translation>
    </message>
    <message numerus="yes">
        <source>Move the %n recordings to the bin too</source>
        <translation>
            <numerusform>Mover también %n grabación a la papelera</numerusform>
            <numerusform>Mover también las %n grabaciones a la papelera</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>QueueList</name>
    <message>
        <source>Queue of files</source>
        <translation>Cola de archivos</translation>
    </message>
</context>
<context>
    <name>RecognitionSection</name>
    <message>
        <source>Recognition</source>
        <translation>Reconocimiento</translation>
    </message>
    <message>
        <source>Punctuation and capital letters</source>
        <translation>Puntuación y mayúsculas</translation>
    </message>
    <message>
        <source>Written by a second network. Without it the text is in lower case, as it was heard.</source>
        <translation>Las escribe una segunda red. Sin ella, el texto queda en minúsculas, tal como se oyó.</translation>
    </message>
    <message>
        <source>Numbers as digits</source>
        <translation>Números en cifras</translation>
    </message>
    <message>
        <source>“Twenty one” becomes “21”.</source>
        <translation>«Twenty one» pasa a ser «21».</translation>
    </message>
    <message>
        <source>Hear files twice</source>
        <translation>Escuchar los archivos dos veces</translation>
    </message>
    <message>
        <source>The first time it learns from what it hears, the second time it writes it down: fewer mistakes where few voices speak for some minutes. It takes several times as long. What was learned is forgotten after each file.</source>
        <translation>La primera vez aprende de lo que oye, la segunda vez lo escribe: menos errores cuando pocas voces hablan durante algunos minutos. Tarda varias veces más. Lo aprendido se olvida después de cada archivo.</translation>
    </message>
    <message>
        <source>Letters as they are heard</source>
        <translation>Letras tal como se oyen</translation>
    </message>
    <message>
        <source>Without dictionary and language model: quicker, and shows what the network itself hears. Far more mistakes.</source>
        <translation>Sin diccionario ni modelo de lenguaje: más rápido, y muestra lo que oye la propia red. Muchos más errores.</translation>
    </message>
    <message>
        <source>Weight of the language model</source>
        <translation>Peso del modelo de lenguaje</translation>
    </message>
    <message>
        <source>More trusts usual phrases, less trusts the ear. Empty: as the model was measured.</source>
        <translation>Más confía en las frases habituales; menos, en el oído. Vacío: como se midió el modelo.</translation>
    </message>
    <message>
        <source>Breadth of the search</source>
        <translation>Amplitud de la búsqueda</translation>
    </message>
    <message>
        <source>More is slower, and a little more accurate. Empty: as the model was measured.</source>
        <translation>Más es más lento y algo más preciso. Vacío: como se midió el modelo.</translation>
    </message>
    <message>
        <source>About this model…</source>
        <translation>Acerca de este modelo…</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modelo</translation>
    </message>
    <message>
        <source>Where it runs</source>
        <translation>Dónde se ejecuta</translation>
    </message>
    <message>
        <source>The processor is quick enough for live captions; a graphics card is quicker with files.</source>
        <translation>El procesador basta para subtítulos en directo; con archivos, una tarjeta gráfica es más rápida.</translation>
    </message>
    <message>
        <source>Graphics card if there is one</source>
        <translation>Tarjeta gráfica, si la hay</translation>
    </message>
    <message>
        <source>Processor</source>
        <translation>Procesador</translation>
    </message>
    <message>
        <source>NVIDIA graphics card (CUDA)</source>
        <translation>Tarjeta gráfica NVIDIA (CUDA)</translation>
    </message>
    <message>
        <source>Apple graphics (MPS)</source>
        <translation>Gráficos de Apple (MPS)</translation>
    </message>
    <message>
        <source>Names and terms, one a line. A number from 0 to 20 behind makes a word more likely; 3 without one. # begins a comment. They are in force at the next start of a recognition.</source>
        <translation>Nombres y términos, uno por línea. Un número de 0 a 20 detrás hace más probable la palabra; sin número vale 3. # inicia un comentario. Valen desde el próximo inicio de un reconocimiento.</translation>
    </message>
    <message>
        <source>Words to expect</source>
        <translation>Palabras esperadas</translation>
    </message>
    <message>
        <source>The list as it was before stays in force.</source>
        <translation>Sigue en vigor la lista anterior.</translation>
    </message>
    <message>
        <source>{size:.0f} MB, licence {licence}.</source>
        <translation>{size:.0f} MB, licencia {licence}.</translation>
    </message>
    <message>
        <source>Not found on this computer.</source>
        <translation>No se encuentra en este equipo.</translation>
    </message>
    <message>
        <source>Not on this computer</source>
        <translation>No está en este equipo</translation>
    </message>
</context>
<context>
    <name>RowDelegate</name>
    <message>
        <source>Pause</source>
        <translation>Pausar</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>Continuar</translation>
    </message>
    <message>
        <source>Remove from the queue</source>
        <translation>Quitar de la cola</translation>
    </message>
</context>
<context>
    <name>RunView</name>
    <message>
        <source>Progress of the training</source>
        <translation>Progreso del entrenamiento</translation>
    </message>
    <message>
        <source>What it writes</source>
        <translation>Lo que escribe</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Detener</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>Reanudar</translation>
    </message>
    <message>
        <source>Compose with it</source>
        <translation>Componer con él</translation>
    </message>
    <message>
        <source>Delete…</source>
        <translation>Eliminar…</translation>
    </message>
    <message>
        <source>Tokens/s</source>
        <translation>Símbolos/s</translation>
    </message>
    <message>
        <source>Characters/s</source>
        <translation>Caracteres/s</translation>
    </message>
    <message>
        <source>known soon</source>
        <translation>se sabrá pronto</translation>
    </message>
    <message>
        <source>What it writes, after step {step}</source>
        <translation>Lo que escribe, después del paso {step}</translation>
    </message>
    <message>
        <source>The first lines come after the first look back.</source>
        <translation>Las primeras líneas llegan después del primer balance.</translation>
    </message>
    <message>
        <source>Steps</source>
        <translation>Pasos</translation>
    </message>
    <message>
        <source>Time left</source>
        <translation>Tiempo restante</translation>
    </message>
    <message>
        <source>Best, a token</source>
        <translation>Mejor valor por símbolo</translation>
    </message>
    <message>
        <source>The lowest value on the tenth that is held back from learning.</source>
        <translation>El valor más bajo en la décima parte que no se aprende.</translation>
    </message>
</context>
<context>
    <name>ScoreView</name>
    <message>
        <source>Score</source>
        <translation>Partitura</translation>
    </message>
</context>
<context>
    <name>Section</name>
    <message>
        <source>Reset to defaults</source>
        <translation>Restablecer</translation>
    </message>
    <message>
        <source>Reset “{section}” to defaults</source>
        <translation>Restablecer «{section}»</translation>
    </message>
</context>
<context>
    <name>SentenceStep</name>
    <message>
        <source>What was heard</source>
        <translation>Lo que se oyó</translation>
    </message>
    <message>
        <source>Say a sentence in English</source>
        <translation>Decir una frase en inglés</translation>
    </message>
    <message>
        <source>For example: “The quick brown fox jumps over the lazy dog.” The words appear while you speak; when you pause they get capital letters and full stops.</source>
        <translation>Por ejemplo: «The quick brown fox jumps over the lazy dog.» Las palabras aparecen al hablar; en una pausa reciben mayúsculas y puntos.</translation>
    </message>
    <message>
        <source>The model is being loaded, for a few seconds…</source>
        <translation>El modelo se está cargando, unos segundos…</translation>
    </message>
    <message>
        <source>That is all. What you record or transcribe is kept in the library.</source>
        <translation>Eso es todo. Lo que se graba o transcribe se guarda en la biblioteca.</translation>
    </message>
    <message>
        <source>Listening: speak now.</source>
        <translation>Escuchando: hablar ahora.</translation>
    </message>
</context>
<context>
    <name>SettingsPage</name>
    <message>
        <source>Search settings</source>
        <translation>Buscar ajustes</translation>
    </message>
    <message>
        <source>Sections</source>
        <translation>Secciones</translation>
    </message>
    <message>
        <source>No setting has these words.</source>
        <translation>Ningún ajuste contiene estas palabras.</translation>
    </message>
    <message>
        <source>First steps again</source>
        <translation>Repetir los primeros pasos</translation>
    </message>
    <message>
        <source>About SpeechRNN</source>
        <translation>Acerca de SpeechRNN</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Ajustes</translation>
    </message>
</context>
<context>
    <name>StatusLine</name>
    <message>
        <source>Length of the recording</source>
        <translation>Duración de la grabación</translation>
    </message>
    <message>
        <source>From the end of a word to its showing, measured</source>
        <translation>Desde el final de una palabra hasta que se muestra, medido</translation>
    </message>
    <message>
        <source>Recorded and not heard by the recognizer yet</source>
        <translation>Grabado y aún no oído por el reconocedor</translation>
    </message>
    <message>
        <source>Samples that the system did not deliver in time</source>
        <translation>Muestras que el sistema no entregó a tiempo</translation>
    </message>
    <message>
        <source>Share of the time in which recognition is busy</source>
        <translation>Parte del tiempo en que el reconocimiento trabaja</translation>
    </message>
    <message>
        <source>Delay {latency}</source>
        <translation>Retardo {latency}</translation>
    </message>
    <message>
        <source>Behind {seconds} s</source>
        <translation>Atraso {seconds} s</translation>
    </message>
    <message>
        <source>0 samples lost</source>
        <translation>0 muestras perdidas</translation>
    </message>
    <message>
        <source>{time} s lost</source>
        <translation>{time} s perdidos</translation>
    </message>
    <message>
        <source>Load {percent} %</source>
        <translation>Carga {percent} %</translation>
    </message>
</context>
<context>
    <name>SubtitlesSection</name>
    <message>
        <source>Subtitles</source>
        <translation>Archivos de subtítulos</translation>
    </message>
    <message>
        <source>seconds</source>
        <translation>segundos</translation>
    </message>
    <message>
        <source>Most lines at a time</source>
        <translation>Máximo de líneas a la vez</translation>
    </message>
    <message>
        <source>Most characters in a line</source>
        <translation>Máximo de caracteres por línea</translation>
    </message>
    <message>
        <source>Shortest time on the screen</source>
        <translation>Tiempo mínimo en pantalla</translation>
    </message>
    <message>
        <source>Longest time on the screen</source>
        <translation>Tiempo máximo en pantalla</translation>
    </message>
    <message>
        <source>Reading speed</source>
        <translation>Velocidad de lectura</translation>
    </message>
    <message>
        <source>Where speech is faster, text stays on the screen as long as it can.</source>
        <translation>Donde se habla más rápido, el texto queda en pantalla tanto como puede.</translation>
    </message>
    <message>
        <source>characters a second</source>
        <translation>caracteres por segundo</translation>
    </message>
    <message>
        <source>Gap between two subtitles</source>
        <translation>Intervalo entre dos subtítulos</translation>
    </message>
    <message>
        <source>So that the eye sees that the text has changed.</source>
        <translation>Para que la vista note que el texto ha cambiado.</translation>
    </message>
    <message>
        <source>Pause that ends a subtitle</source>
        <translation>Pausa que termina un subtítulo</translation>
    </message>
    <message>
        <source>Silence longer than this.</source>
        <translation>Un silencio más largo que este.</translation>
    </message>
</context>
<context>
    <name>Suggestions</name>
    <message>
        <source>The likeliest words to go on with</source>
        <translation>Las palabras más probables para continuar</translation>
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
        <translation>Marcar un ritmo</translation>
    </message>
    <message>
        <source>Tap the space bar, or click, once for each note, at {tempo} beats a minute. The tune begins with this rhythm; its pitches are the network&apos;s. Backspace begins again.</source>
        <translation>Pulsar la barra espaciadora o hacer clic una vez por nota, a {tempo} pulsos por minuto. La melodía empieza con este ritmo; las alturas las pone la red. Retroceso empieza de nuevo.</translation>
    </message>
    <message>
        <source>Tap here</source>
        <translation>Pulsar aquí</translation>
    </message>
    <message>
        <source>Begin with it</source>
        <translation>Empezar con él</translation>
    </message>
    <message>
        <source>Notes: {n}</source>
        <translation>Notas: {n}</translation>
    </message>
</context>
<context>
    <name>Telling</name>
    <message>
        <source>{name} is not there: check the name and the folder.</source>
        <translation>{name} no está: comprobar el nombre y la carpeta.</translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) are not there: check their names and folders.</source>
        <translation>
            <numerusform>%n archivo no está: comprobar el nombre y la carpeta.</numerusform>
            <numerusform>%n archivos no están: comprobar los nombres y las carpetas.</numerusform>
        </translation>
    </message>
    <message>
        <source>{name} was transcribed before.</source>
        <translation>{name} ya se transcribió.</translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) were transcribed before.</source>
        <translation>
            <numerusform>%n archivo ya se transcribió.</numerusform>
            <numerusform>%n archivos ya se transcribieron.</numerusform>
        </translation>
    </message>
    <message>
        <source>Transcribe again</source>
        <translation>Transcribir de nuevo</translation>
    </message>
    <message>
        <source>{name} is in the queue already.</source>
        <translation>{name} ya está en la cola.</translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) are in the queue already.</source>
        <translation>
            <numerusform>%n archivo ya está en la cola.</numerusform>
            <numerusform>%n archivos ya están en la cola.</numerusform>
        </translation>
    </message>
    <message>
        <source>New recordings in {name} are transcribed from now on.</source>
        <translation>Las grabaciones nuevas de {name} se transcriben desde ahora.</translation>
    </message>
    <message numerus="yes">
        <source>%n lie(s) there already.</source>
        <translation>
            <numerusform>ya hay %n.</numerusform>
            <numerusform>ya hay %n.</numerusform>
        </translation>
    </message>
    <message>
        <source>New recordings in {name} are transcribed from now on; {there}</source>
        <translation>Las grabaciones nuevas de {name} se transcriben desde ahora; {there}</translation>
    </message>
    <message>
        <source>Transcribe it too</source>
        <translation>Transcribirla también</translation>
    </message>
    <message>
        <source>Transcribe them too</source>
        <translation>Transcribirlas también</translation>
    </message>
</context>
<context>
    <name>TextEditor</name>
    <message>
        <source>{percent} % likely</source>
        <translation>{percent} % de probabilidad</translation>
    </message>
    <message>
        <source>{percent} % likely, the first choice</source>
        <translation>{percent} % de probabilidad, la primera opción</translation>
    </message>
    <message>
        <source>{percent} % likely, number {rank} of all</source>
        <translation>{percent} % de probabilidad, número {rank} de todos</translation>
    </message>
</context>
<context>
    <name>TextInput</name>
    <message>
        <source>{percent} % sure</source>
        <translation>{percent} % de certeza</translation>
    </message>
    <message>
        <source>May also be: {others} (Alt+Down)</source>
        <translation>También puede ser: {others} (Alt+Abajo)</translation>
    </message>
</context>
<context>
    <name>TextMenu</name>
    <message>
        <source>Speaker</source>
        <translation>Hablante</translation>
    </message>
    <message>
        <source>Somebody else…</source>
        <translation>Otra persona…</translation>
    </message>
    <message>
        <source>Nobody</source>
        <translation>Nadie</translation>
    </message>
    <message>
        <source>Rename “{name}” everywhere…</source>
        <translation>Cambiar «{name}» en todas partes…</translation>
    </message>
    <message>
        <source>Who speaks here?</source>
        <translation>¿Quién habla aquí?</translation>
    </message>
    <message>
        <source>Name of “{name}” in the whole transcript</source>
        <translation>Nombre de «{name}» en toda la transcripción</translation>
    </message>
    <message>
        <source>Rename speaker</source>
        <translation>Cambiar el nombre del hablante</translation>
    </message>
</context>
<context>
    <name>TextTab</name>
    <message>
        <source>Let the network go on, or stop it</source>
        <translation>Dejar que la red continúe o detenerla</translation>
    </message>
    <message>
        <source>Dictate, or stop it</source>
        <translation>Dictar, o dejarlo</translation>
    </message>
    <message>
        <source>Choose the next word</source>
        <translation>Elegir la palabra siguiente</translation>
    </message>
    <message>
        <source>Several ways to go on, side by side</source>
        <translation>Varias continuaciones, una junto a otra</translation>
    </message>
    <message>
        <source>Show how likely each character was</source>
        <translation>Mostrar la probabilidad de cada carácter</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Deshacer</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>Rehacer</translation>
    </message>
    <message>
        <source>Copy all</source>
        <translation>Copiar todo</translation>
    </message>
    <message>
        <source>Save as a text file</source>
        <translation>Guardar como archivo de texto</translation>
    </message>
    <message>
        <source>Another seed</source>
        <translation>Otra semilla</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modelo</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>Continuar</translation>
    </message>
    <message>
        <source>The text</source>
        <translation>El texto</translation>
    </message>
    <message>
        <source>Write or dictate how it begins, or nothing at all, then press {key}: the network goes on.</source>
        <translation>Escriba o dicte cómo empieza, o nada en absoluto, y pulse {key}: la red sigue.</translation>
    </message>
    <message>
        <source>Temperature</source>
        <translation>Temperatura</translation>
    </message>
    <message>
        <source>Lower is safer, higher is bolder.</source>
        <translation>Más baja es más segura; más alta, más atrevida.</translation>
    </message>
    <message>
        <source>Length</source>
        <translation>Longitud</translation>
    </message>
    <message>
        <source>characters</source>
        <translation>caracteres</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>Semilla</translation>
    </message>
    <message>
        <source>The same seed gives the same text.</source>
        <translation>La misma semilla da el mismo texto.</translation>
    </message>
    <message>
        <source>such as: THE END, \n\n</source>
        <translation>por ejemplo: THE END, \n\n</translation>
    </message>
    <message>
        <source>Stop words</source>
        <translation>Palabras de parada</translation>
    </message>
    <message>
        <source>It stops behind any of them. Parted by commas; \n is the end of a line.</source>
        <translation>Se detiene tras cualquiera de ellas. Separadas por comas; \n es el fin de una línea.</translation>
    </message>
    <message>
        <source>Top-k</source>
        <translation>Top-k</translation>
    </message>
    <message>
        <source>Only the k likeliest; 0 for all.</source>
        <translation>Solo los k más probables; 0 para todos.</translation>
    </message>
    <message>
        <source>Top-p</source>
        <translation>Top-p</translation>
    </message>
    <message>
        <source>Only the likeliest that make up this share.</source>
        <translation>Solo los más probables que suman esta parte.</translation>
    </message>
    <message>
        <source>Min-p</source>
        <translation>Min-p</translation>
    </message>
    <message>
        <source>Only those this share as likely as the first.</source>
        <translation>Solo los que alcanzan esta parte de la probabilidad del primero.</translation>
    </message>
    <message>
        <source>Guard against loops</source>
        <translation>Guarda contra bucles</translation>
    </message>
    <message>
        <source>0 is off, 1 is firm, 5 is strict.</source>
        <translation>0 es sin guarda, 1 es firme, 5 es estricta.</translation>
    </message>
    <message>
        <source>That is {n} characters at once; up to {most} can be pasted. Only the last {heard} before the cursor count for the network. Nothing was changed.</source>
        <translation>Son {n} caracteres de una vez; se pueden pegar hasta {most}. Para la red solo cuentan los últimos {heard} antes del cursor. No se cambió nada.</translation>
    </message>
    <message>
        <source>The text is copied</source>
        <translation>El texto está copiado</translation>
    </message>
    <message>
        <source>Written with SpeechRNN. To make the network&apos;s part again:</source>
        <translation>Escrito con SpeechRNN. Para volver a generar la parte de la red:</translation>
    </message>
    <message>
        <source>Plain text</source>
        <translation>Texto sin formato</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Detener</translation>
    </message>
</context>
<context>
    <name>TextWriting</name>
    <message>
        <source>This model knows none of the characters before the cursor ({some}): it begins afresh.</source>
        <translation>Este modelo no conoce ninguno de los caracteres antes del cursor ({some}): empieza de nuevo.</translation>
    </message>
    <message>
        <source>This model cannot write {some}: it goes on as if they were not there.</source>
        <translation>Este modelo no puede escribir {some}: continúa como si no estuvieran.</translation>
    </message>
</context>
<context>
    <name>TrainForm</name>
    <message>
        <source>Start training</source>
        <translation>Empezar el entrenamiento</translation>
    </message>
    <message>
        <source>“{name}” is being trained: one at a time.</source>
        <translation>«{name}» se está entrenando: uno cada vez.</translation>
    </message>
    <message>
        <source>Nothing: it learns from the beginning</source>
        <translation>Nada: aprende desde el principio</translation>
    </message>
    <message>
        <source>As the model it starts from: {size}.</source>
        <translation>Como el modelo del que parte: {size}.</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>Texto</translation>
    </message>
    <message>
        <source>Tunes</source>
        <translation>Melodías</translation>
    </message>
    <message>
        <source>It learns</source>
        <translation>Aprende</translation>
    </message>
    <message>
        <source>Found by itself; change it where that is wrong.</source>
        <translation>Se reconoce solo; cámbielo si no es así.</translation>
    </message>
    <message>
        <source>Name of the model</source>
        <translation>Nombre del modelo</translation>
    </message>
    <message>
        <source>The Compose page shows it under this name.</source>
        <translation>La página Componer lo muestra con este nombre.</translation>
    </message>
    <message>
        <source>Go on from that model; what comes out takes its place</source>
        <translation>Seguir desde ese modelo; el resultado ocupa su lugar</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Tamaño</translation>
    </message>
    <message>
        <source>Start from</source>
        <translation>Partir de</translation>
    </message>
    <message>
        <source>A model that knows the language already needs less text, and less time.</source>
        <translation>Un modelo que ya conoce la lengua necesita menos texto y menos tiempo.</translation>
    </message>
    <message>
        <source>minutes</source>
        <translation>minutos</translation>
    </message>
    <message>
        <source>times through everything</source>
        <translation>veces por todo</translation>
    </message>
    <message>
        <source>What the length counts</source>
        <translation>Qué cuenta la duración</translation>
    </message>
    <message>
        <source>How long</source>
        <translation>Cuánto tiempo</translation>
    </message>
    <message>
        <source>It can be stopped at any time; what was learned by then is kept, and can go on.</source>
        <translation>Se puede detener en cualquier momento; lo aprendido hasta entonces se guarda y puede continuar.</translation>
    </message>
    <message>
        <source>Train a network of your own</source>
        <translation>Entrenar una red propia</translation>
    </message>
    <message>
        <source>It learns to write like the texts or tunes of a folder of yours, and then stands on the Compose page. Nothing leaves this computer.</source>
        <translation>Aprende a escribir como los textos o las melodías de una carpeta suya y luego está en la página Componer. Nada sale de este ordenador.</translation>
    </message>
</context>
<context>
    <name>TrainPage</name>
    <message>
        <source>New training</source>
        <translation>Nuevo entrenamiento</translation>
    </message>
    <message>
        <source>Train</source>
        <translation>Entrenar</translation>
    </message>
    <message>
        <source>Choose a folder to learn from</source>
        <translation>Elegir la carpeta de la que aprender</translation>
    </message>
    <message>
        <source>Start training</source>
        <translation>Empezar el entrenamiento</translation>
    </message>
    <message>
        <source>Stop the training</source>
        <translation>Detener el entrenamiento</translation>
    </message>
    <message>
        <source>Resume the training</source>
        <translation>Reanudar el entrenamiento</translation>
    </message>
    <message>
        <source>Compose with the model</source>
        <translation>Componer con el modelo</translation>
    </message>
    <message>
        <source>Delete the training</source>
        <translation>Eliminar el entrenamiento</translation>
    </message>
    <message>
        <source>Trainings</source>
        <translation>Entrenamientos</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Eliminar</translation>
    </message>
    <message>
        <source>Delete the training “{name}”?</source>
        <translation>¿Eliminar el entrenamiento «{name}»?</translation>
    </message>
    <message>
        <source>It cannot go on then. Its model stays on the Compose page.</source>
        <translation>Después no podrá continuar. Su modelo sigue en la página Componer.</translation>
    </message>
    <message>
        <source>It cannot go on then, and it has made no model yet.</source>
        <translation>Después no podrá continuar, y todavía no ha hecho ningún modelo.</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>Mostrar</translation>
    </message>
    <message>
        <source>“{name}” is trained and on the Compose page.</source>
        <translation>«{name}» está entrenado y en la página Componer.</translation>
    </message>
    <message>
        <source>The training of “{name}” broke off: {why}</source>
        <translation>El entrenamiento de «{name}» se interrumpió: {why}</translation>
    </message>
</context>
<context>
    <name>TranscriptActions</name>
    <message>
        <source>Play or pause</source>
        <translation>Reproducir o pausar</translation>
    </message>
    <message>
        <source>Play from here</source>
        <translation>Reproducir desde aquí</translation>
    </message>
    <message>
        <source>Five seconds back</source>
        <translation>Cinco segundos atrás</translation>
    </message>
    <message>
        <source>Five seconds on</source>
        <translation>Cinco segundos adelante</translation>
    </message>
    <message>
        <source>Slower</source>
        <translation>Más lento</translation>
    </message>
    <message>
        <source>Faster</source>
        <translation>Más rápido</translation>
    </message>
    <message>
        <source>Loop the line or the choice</source>
        <translation>Repetir la línea o la selección</translation>
    </message>
    <message>
        <source>Waveform closer</source>
        <translation>Ampliar la forma de onda</translation>
    </message>
    <message>
        <source>Waveform further</source>
        <translation>Reducir la forma de onda</translation>
    </message>
    <message>
        <source>Next marked moment</source>
        <translation>Siguiente momento marcado</translation>
    </message>
    <message>
        <source>Save the sound of the choice…</source>
        <translation>Guardar el sonido de la selección…</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Deshacer</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>Rehacer</translation>
    </message>
    <message>
        <source>Edit the line</source>
        <translation>Editar la línea</translation>
    </message>
    <message>
        <source>Split the line before the word</source>
        <translation>Dividir la línea antes de la palabra</translation>
    </message>
    <message>
        <source>Join with the next line</source>
        <translation>Unir con la línea siguiente</translation>
    </message>
    <message>
        <source>Delete the line</source>
        <translation>Eliminar la línea</translation>
    </message>
    <message>
        <source>Line begins 0.1 s earlier</source>
        <translation>La línea empieza 0,1 s antes</translation>
    </message>
    <message>
        <source>Line begins 0.1 s later</source>
        <translation>La línea empieza 0,1 s después</translation>
    </message>
    <message>
        <source>Line ends 0.1 s earlier</source>
        <translation>La línea termina 0,1 s antes</translation>
    </message>
    <message>
        <source>Line ends 0.1 s later</source>
        <translation>La línea termina 0,1 s después</translation>
    </message>
    <message>
        <source>Name the speaker</source>
        <translation>Nombrar al hablante</translation>
    </message>
    <message>
        <source>Other words for this one</source>
        <translation>Otras palabras para esta</translation>
    </message>
    <message>
        <source>Doubtful word before</source>
        <translation>Palabra dudosa anterior</translation>
    </message>
    <message>
        <source>Next doubtful word</source>
        <translation>Siguiente palabra dudosa</translation>
    </message>
    <message>
        <source>This word is right, next one</source>
        <translation>Esta palabra es correcta, siguiente</translation>
    </message>
    <message>
        <source>Back to the library</source>
        <translation>Volver a la biblioteca</translation>
    </message>
    <message>
        <source>Find</source>
        <translation>Buscar</translation>
    </message>
    <message>
        <source>Find and replace</source>
        <translation>Buscar y reemplazar</translation>
    </message>
    <message>
        <source>Next find</source>
        <translation>Coincidencia siguiente</translation>
    </message>
    <message>
        <source>Find before</source>
        <translation>Coincidencia anterior</translation>
    </message>
    <message>
        <source>Close the search</source>
        <translation>Cerrar la búsqueda</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Copiar</translation>
    </message>
    <message>
        <source>Copy all text</source>
        <translation>Copiar todo el texto</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>Exportar</translation>
    </message>
    <message>
        <source>Print…</source>
        <translation>Imprimir…</translation>
    </message>
</context>
<context>
    <name>TranscriptDesk</name>
    <message>
        <source>Where is the recording?</source>
        <translation>¿Dónde está la grabación?</translation>
    </message>
</context>
<context>
    <name>TranscriptTextView</name>
    <message>
        <source>Transcript</source>
        <translation>Transcripción</translation>
    </message>
    <message>
        <source>Arrow keys go from word to word, Enter plays the word, F2 edits the line.</source>
        <translation>Las flechas van de palabra en palabra, Intro reproduce la palabra, F2 edita la línea.</translation>
    </message>
</context>
<context>
    <name>TranscriptView</name>
    <message>
        <source>This recording is still being transcribed. Its text can be edited once it is done.</source>
        <translation>Esta grabación aún se está transcribiendo. Su texto se podrá editar cuando termine.</translation>
    </message>
    <message>
        <source>There is no recording to this text.</source>
        <translation>Este texto no tiene grabación.</translation>
    </message>
    <message>
        <source>The recording is not at {place}.</source>
        <translation>La grabación no está en {place}.</translation>
    </message>
    <message>
        <source>Locate…</source>
        <translation>Localizar…</translation>
    </message>
    <message>
        <source>Saved</source>
        <translation>Guardado</translation>
    </message>
    <message>
        <source>Saving…</source>
        <translation>Guardando…</translation>
    </message>
    <message>
        <source>The text can be edited once all of it is there.</source>
        <translation>El texto se podrá editar cuando esté completo.</translation>
    </message>
    <message>
        <source>Replaced: {n}</source>
        <translation>Reemplazos: {n}</translation>
    </message>
</context>
<context>
    <name>TransportBar</name>
    <message>
        <source>Time</source>
        <translation>Tiempo</translation>
    </message>
    <message>
        <source>Speed</source>
        <translation>Velocidad</translation>
    </message>
    <message>
        <source>Speed; the pitch stays</source>
        <translation>Velocidad; el tono no cambia</translation>
    </message>
</context>
<context>
    <name>VariationsView</name>
    <message>
        <source>None of them</source>
        <translation>Ninguna</translation>
    </message>
    <message>
        <source>Ways to go on:</source>
        <translation>Continuaciones:</translation>
    </message>
    <message>
        <source>Variation {number}</source>
        <translation>Variación {number}</translation>
    </message>
    <message>
        <source>Take {number}</source>
        <translation>Usar la {number}</translation>
    </message>
    <message>
        <source>seed {seed}</source>
        <translation>semilla {seed}</translation>
    </message>
</context>
<context>
    <name>VoiceSwitches</name>
    <message>
        <source>Whether this voice sounds</source>
        <translation>Si suena esta voz</translation>
    </message>
    <message>
        <source>Soprano</source>
        <translation>Soprano</translation>
    </message>
    <message>
        <source>Alto</source>
        <translation>Contralto</translation>
    </message>
    <message>
        <source>Tenor</source>
        <translation>Tenor</translation>
    </message>
    <message>
        <source>Bass</source>
        <translation>Bajo</translation>
    </message>
</context>
<context>
    <name>WaveformView</name>
    <message>
        <source>Waveform</source>
        <translation>Forma de onda</translation>
    </message>
</context>
<context>
    <name>Wording</name>
    <message>
        <source>No speech found</source>
        <translation>No se encontró habla</translation>
    </message>
    <message>
        <source>{time} left</source>
        <translation>quedan {time}</translation>
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
        <translation>{n}× tiempo real</translation>
    </message>
    <message numerus="yes">
        <source>%Ln word(s)</source>
        <translation>
            <numerusform>%Ln palabra</numerusform>
            <numerusform>%Ln palabras</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln file(s)</source>
        <translation>
            <numerusform>%Ln archivo</numerusform>
            <numerusform>%Ln archivos</numerusform>
        </translation>
    </message>
    <message>
        <source>{done} of {all} done</source>
        <translation>{done} de {all} terminados</translation>
    </message>
    <message>
        <source>{n} failed</source>
        <translation>{n} con error</translation>
    </message>
    <message>
        <source>{n} paused</source>
        <translation>{n} en pausa</translation>
    </message>
    <message>
        <source>Track {n}</source>
        <translation>Pista {n}</translation>
    </message>
    <message>
        <source>mono</source>
        <translation>mono</translation>
    </message>
    <message>
        <source>stereo</source>
        <translation>estéreo</translation>
    </message>
    <message>
        <source>{n} channels</source>
        <translation>{n} canales</translation>
    </message>
    <message>
        <source>{n} %</source>
        <translation>{n} %</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>En espera</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>En pausa</translation>
    </message>
    <message>
        <source>Opening</source>
        <translation>Abriendo</translation>
    </message>
    <message>
        <source>Loading the model</source>
        <translation>Cargando el modelo</translation>
    </message>
    <message>
        <source>Hearing it for the first time</source>
        <translation>Escuchando por primera vez</translation>
    </message>
    <message>
        <source>Learning from what was heard</source>
        <translation>Aprendiendo de lo escuchado</translation>
    </message>
    <message>
        <source>Finding where it stopped</source>
        <translation>Buscando dónde se detuvo</translation>
    </message>
    <message>
        <source>Transcribing</source>
        <translation>Transcribiendo</translation>
    </message>
    <message>
        <source>Writing the results</source>
        <translation>Escribiendo los resultados</translation>
    </message>
    <message>
        <source>Pausing…</source>
        <translation>Pausando…</translation>
    </message>
    <message>
        <source>Cancelling…</source>
        <translation>Cancelando…</translation>
    </message>
    <message>
        <source>Removing…</source>
        <translation>Quitando…</translation>
    </message>
    <message>
        <source>Running in another window</source>
        <translation>En curso en otra ventana</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Terminado</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>Con error</translation>
    </message>
    <message>
        <source>Cancelled</source>
        <translation>Cancelado</translation>
    </message>
    <message>
        <source>Text files: {files}, with {characters} characters</source>
        <translation>Archivos de texto: {files}, con {characters} caracteres</translation>
    </message>
    <message>
        <source>Files of tunes: {files}, with {tunes} tunes</source>
        <translation>Archivos de melodías: {files}, con {tunes} melodías</translation>
    </message>
    <message>
        <source>Other files, passed over: {files}</source>
        <translation>Otros archivos, no usados: {files}</translation>
    </message>
    <message>
        <source>Cannot be read: {count}, namely {names}</source>
        <translation>No se pueden leer: {count}, a saber {names}</translation>
    </message>
    <message>
        <source>Tunes that cannot be read: {count}</source>
        <translation>Melodías que no se pueden leer: {count}</translation>
    </message>
    <message>
        <source>There is more than can be used: it stops at {count} characters.</source>
        <translation>Hay más de lo que se puede usar: se para en {count} caracteres.</translation>
    </message>
    <message>
        <source>That is enough to learn the style of these tunes.</source>
        <translation>Basta para aprender el estilo de estas melodías.</translation>
    </message>
    <message>
        <source>That is enough to begin. Tunes get a style of their own from about {n} on.</source>
        <translation>Basta para empezar. Las melodías toman un estilo propio a partir de unas {n}.</translation>
    </message>
    <message>
        <source>That is enough for words and phrases; sentences come from about a million on.</source>
        <translation>Basta para palabras y giros; las frases llegan a partir de un millón.</translation>
    </message>
    <message>
        <source>That is enough to begin. Words come from about {n} characters on, sentences from a million; starting from a model that is there helps.</source>
        <translation>Basta para empezar. Las palabras llegan a partir de unos {n} caracteres, las frases a partir de un millón; partir de un modelo que ya está ayuda.</translation>
    </message>
    <message>
        <source>Choose a folder first.</source>
        <translation>Elija primero una carpeta.</translation>
    </message>
    <message>
        <source>The folder is still being looked through.</source>
        <translation>La carpeta todavía se está mirando.</translation>
    </message>
    <message>
        <source>There is no text and no tune in it. Text files (such as .txt, .md, .py), ABC and MIDI files can be used.</source>
        <translation>No contiene ningún texto ni ninguna melodía. Sirven archivos de texto (como .txt, .md, .py), ABC y MIDI.</translation>
    </message>
    <message>
        <source>None of its files can be read.</source>
        <translation>No se puede leer ninguno de sus archivos.</translation>
    </message>
    <message>
        <source>Too little: {n} characters. At least {least} are needed.</source>
        <translation>Demasiado poco: {n} caracteres. Hacen falta al menos {least}.</translation>
    </message>
    <message>
        <source>Too little: {n} tunes. At least {least} of some length are needed.</source>
        <translation>Demasiado poco: {n} melodías. Hacen falta al menos {least} de cierta longitud.</translation>
    </message>
    <message>
        <source>Give the model a name.</source>
        <translation>Dé un nombre al modelo.</translation>
    </message>
    <message>
        <source>Use letters without accents, digits, and - _ . between them.</source>
        <translation>Use letras sin acentos, cifras y, entre ellas, - _ .</translation>
    </message>
    <message>
        <source>Use at most {n} letters.</source>
        <translation>Use como mucho {n} letras.</translation>
    </message>
    <message>
        <source>Another model has this name. Choose another one.</source>
        <translation>Otro modelo tiene este nombre. Elija otro.</translation>
    </message>
    <message>
        <source>You have a model of this name. Go on from it below, or choose another name.</source>
        <translation>Ya tiene un modelo con este nombre. Siga desde él, más abajo, o elija otro nombre.</translation>
    </message>
    <message>
        <source>You have a model of this name, of another kind. Choose another name.</source>
        <translation>Ya tiene un modelo con este nombre, de otra clase. Elija otro nombre.</translation>
    </message>
    <message>
        <source>A training of this name is in the list. Resume or delete it there, or choose another name.</source>
        <translation>Un entrenamiento con este nombre está en la lista. Reanúdelo o elimínelo allí, o elija otro nombre.</translation>
    </message>
    <message>
        <source>It lacks {share} % of the characters of these texts. Choose another start.</source>
        <translation>Le falta el {share} % de los caracteres de estos textos. Elija otro punto de partida.</translation>
    </message>
    <message>
        <source>Small</source>
        <translation>Pequeño</translation>
    </message>
    <message>
        <source>Medium</source>
        <translation>Mediano</translation>
    </message>
    <message>
        <source>Large</source>
        <translation>Grande</translation>
    </message>
    <message>
        <source>First words after minutes, its best within an hour on most computers. Best for little text.</source>
        <translation>Primeras palabras a los pocos minutos, lo mejor en una hora en la mayoría de los ordenadores. Lo mejor para poco texto.</translation>
    </message>
    <message>
        <source>About four times as slow as small, and better from a million characters on: an evening.</source>
        <translation>Unas cuatro veces más lento que el pequeño, y mejor a partir de un millón de caracteres: una tarde.</translation>
    </message>
    <message>
        <source>About fifteen times as slow as small: a night, or days. Worth it for several million characters.</source>
        <translation>Unas quince veces más lento que el pequeño: una noche, o días. Vale la pena con varios millones de caracteres.</translation>
    </message>
    <message>
        <source>{n} units</source>
        <translation>{n} unidades</translation>
    </message>
    <message>
        <source>Tunes</source>
        <translation>Melodías</translation>
    </message>
    <message>
        <source>Text in pieces of words</source>
        <translation>Texto en trozos de palabras</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>Texto</translation>
    </message>
    <message>
        <source>Stopping…</source>
        <translation>Deteniendo…</translation>
    </message>
    <message>
        <source>Starting…</source>
        <translation>Empezando…</translation>
    </message>
    <message>
        <source>Not begun</source>
        <translation>Sin empezar</translation>
    </message>
    <message>
        <source>Training</source>
        <translation>Entrenando</translation>
    </message>
    <message>
        <source>Being ended</source>
        <translation>Terminando</translation>
    </message>
    <message>
        <source>Stopped</source>
        <translation>Detenido</translation>
    </message>
    <message>
        <source>Finished</source>
        <translation>Terminado</translation>
    </message>
    <message>
        <source>Damaged</source>
        <translation>Dañado</translation>
    </message>
    <message>
        <source>It finishes its step, then keeps what it learned and writes the model.</source>
        <translation>Termina su paso, guarda lo aprendido y escribe el modelo.</translation>
    </message>
    <message>
        <source>Nothing was learned yet. Resume begins.</source>
        <translation>Todavía no se ha aprendido nada. Reanudar empieza.</translation>
    </message>
    <message>
        <source>You can go on working: other things come first. Closing the app stops the training and keeps it; Resume goes on at the next start.</source>
        <translation>Puede seguir trabajando: lo demás va primero. Al cerrar el programa, el entrenamiento se detiene y se guarda; Reanudar continúa la próxima vez.</translation>
    </message>
    <message>
        <source>It was stopped when the app was closed, and is being kept: a moment.</source>
        <translation>Se detuvo al cerrar el programa y se está guardando: un momento.</translation>
    </message>
    <message>
        <source>What it learned is kept, and its model is on the Compose page. Resume goes on.</source>
        <translation>Lo aprendido está guardado y su modelo está en la página Componer. Reanudar continúa.</translation>
    </message>
    <message>
        <source>It was broken off. Resume goes on from what was kept last.</source>
        <translation>Se interrumpió. Reanudar continúa desde lo último que se guardó.</translation>
    </message>
    <message>
        <source>Its model is on the Compose page.</source>
        <translation>Su modelo está en la página Componer.</translation>
    </message>
    <message>
        <source>Nothing that was kept is lost. Resume goes on from there.</source>
        <translation>No se ha perdido nada de lo guardado. Reanudar continúa desde ahí.</translation>
    </message>
    <message>
        <source>It cannot go on. If it has made a model, that is on the Compose page.</source>
        <translation>No puede continuar. Si ha hecho un modelo, está en la página Componer.</translation>
    </message>
    <message>
        <source>{done} of {total}</source>
        <translation>{done} de {total}</translation>
    </message>
    <message>
        <source>{nats} nats ({bits} bits)</source>
        <translation>{nats} nats ({bits} bits)</translation>
    </message>
    <message>
        <source>No steps yet.</source>
        <translation>Todavía no hay pasos.</translation>
    </message>
    <message>
        <source>At step {step}, training: {value} a token.</source>
        <translation>En el paso {step}, entrenamiento: {value} por símbolo.</translation>
    </message>
    <message>
        <source>Held back, at step {step}: {value} a token.</source>
        <translation>Reservado, en el paso {step}: {value} por símbolo.</translation>
    </message>
    <message>
        <source>Best, at step {step}: {value}.</source>
        <translation>Lo mejor, en el paso {step}: {value}.</translation>
    </message>
</context>
<context>
    <name>Words</name>
    <message>
        <source>This is no number. Type one from {low} to {high}.</source>
        <translation>Esto no es un número. Escribir uno de {low} a {high}.</translation>
    </message>
    <message>
        <source>Type a whole number from {low} to {high}.</source>
        <translation>Escribir un número entero de {low} a {high}.</translation>
    </message>
    <message>
        <source>Type a number from {low} to {high}.</source>
        <translation>Escribir un número de {low} a {high}.</translation>
    </message>
    <message>
        <source>Line {line}: {what}.</source>
        <translation>Línea {line}: {what}.</translation>
    </message>
    <message>
        <source>“{what}” is no folder. Type its whole path.</source>
        <translation>«{what}» no es una carpeta. Escribir la ruta completa.</translation>
    </message>
    <message>
        <source>“{what}” has this key already.</source>
        <translation>«{what}» ya tiene esta tecla.</translation>
    </message>
    <message>
        <source>Not taken: {what}.</source>
        <translation>No se aceptó: {what}.</translation>
    </message>
</context>
</TS>
