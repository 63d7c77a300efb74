package org.atelier.web.uploads;

import java.nio.file.Path;
import java.time.InstantSource;
import org.atelier.audio.AudioFileReader;
import org.atelier.web.data.DataFiles;
import org.atelier.web.sets.FakeFormat;
import org.atelier.web.sets.FakeQueue;

/** Upload stores for tests of other packages. */
public final class TestUploads {

    private TestUploads() {}

    /** Returns a store in a data folder. */
    public static UploadStore in(Path data) {
        AudioCheck audio = new AudioCheck();
        audio.files = new AudioFileReader(null);
        return new UploadStore(
                new DataFiles(data),
                new JobFiles(new FakeQueue(), new FakeFormat()),
                audio,
                UploadLimits.DEFAULT,
                InstantSource.system());
    }
}
