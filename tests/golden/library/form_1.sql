CREATE TABLE entries (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            title TEXT NOT NULL,
            title_key TEXT NOT NULL,
            kind TEXT NOT NULL,
            media BLOB,
            created TEXT NOT NULL,
            changed TEXT NOT NULL,
            duration_s REAL NOT NULL,
            state TEXT NOT NULL,
            model_id TEXT NOT NULL,
            model_sha256 TEXT NOT NULL,
            settings TEXT NOT NULL,
            n_words INTEGER NOT NULL,
            error TEXT NOT NULL,
            revision INTEGER NOT NULL
        );
CREATE INDEX entries_by_date ON entries (created, id);
CREATE INDEX entries_by_title ON entries (title_key, id);
CREATE INDEX entries_by_state ON entries (state);
CREATE TABLE segments (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            entry_id INTEGER NOT NULL REFERENCES entries (id) ON DELETE CASCADE,
            place INTEGER NOT NULL,
            start_s REAL NOT NULL,
            end_s REAL NOT NULL,
            words TEXT NOT NULL,
            prose TEXT,
            details BLOB NOT NULL,
            speaker TEXT,
            edited INTEGER NOT NULL
        );
CREATE INDEX segments_by_entry ON segments (entry_id, place);
CREATE INDEX segments_by_speaker ON segments (speaker) WHERE speaker IS NOT NULL;
CREATE VIRTUAL TABLE found USING fts5 (
            words, prose, content='segments', content_rowid='id', tokenize='unicode61 remove_diacritics 2',
            prefix='1 2 3'
        );
CREATE TABLE markers (
            id INTEGER PRIMARY KEY,
            entry_id INTEGER NOT NULL REFERENCES entries (id) ON DELETE CASCADE,
            time_s REAL NOT NULL,
            note TEXT NOT NULL
        );
CREATE INDEX markers_by_entry ON markers (entry_id, time_s);
CREATE TABLE jobs (
            entry_id INTEGER PRIMARY KEY REFERENCES entries (id) ON DELETE CASCADE,
            path BLOB NOT NULL,
            size INTEGER NOT NULL,
            mtime_ns INTEGER NOT NULL,
            sha256 TEXT NOT NULL,
            options TEXT NOT NULL,
            done_s REAL NOT NULL,
            position REAL NOT NULL,
            listed INTEGER NOT NULL
        );
CREATE INDEX jobs_by_position ON jobs (position) WHERE listed;
CREATE INDEX jobs_by_path ON jobs (path);
CREATE INDEX jobs_by_size ON jobs (size);
CREATE TRIGGER segment_added AFTER INSERT ON segments BEGIN
            INSERT INTO found (rowid, words, prose) VALUES (new.id, new.words, new.prose);
        END;
CREATE TRIGGER segment_removed AFTER DELETE ON segments BEGIN
            INSERT INTO found (found, rowid, words, prose) VALUES ('delete', old.id, old.words, old.prose);
        END;
CREATE TRIGGER segment_changed AFTER UPDATE OF words, prose ON segments BEGIN
            INSERT INTO found (found, rowid, words, prose) VALUES ('delete', old.id, old.words, old.prose);
            INSERT INTO found (rowid, words, prose) VALUES (new.id, new.words, new.prose);
        END;
INSERT INTO entries VALUES (1, 'Grüße', 'grusse', 'live', NULL, '2026-01-01T00:00:00+00:00', '2026-11-21T10:22:48+00:00', 20.0, 'done', '', '', '', 3, '', 3);
INSERT INTO entries VALUES (2, 'talk', 'talk', 'file', X'2f746d702f746d70726b6a6d6671756f2f74616c6b2e776176', '2026-11-21T10:22:48+00:00', '2026-11-21T10:22:48+00:00', 0.0, 'paused', '', '', '', 0, '', 2);
INSERT INTO segments VALUES (1, 1, 0, 0.0, 0.9, 'Good' || char(31) || 'evening', NULL, X'789c8b8e36d033d031d03301628b581d20cf14c8b204f174a2a39552cb52f332f3d22b94800286b140000017ce0c7a', 'Anna', 1);
INSERT INTO segments VALUES (2, 1, 1, 5.0, 5.4, '23', NULL, X'789c8b8e36d533d031d533d131d0b3888d05001c270389', NULL, 0);
INSERT INTO markers VALUES (1, 1, 2.0, 'here');
INSERT INTO jobs VALUES (2, X'2f746d702f746d70726b6a6d6671756f2f74616c6b2e776176', 4, 1795256567983136725, '', '', 0.0, 1.0, 1);
PRAGMA user_version = 1;
