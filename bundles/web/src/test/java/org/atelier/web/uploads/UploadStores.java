package org.atelier.web.uploads;

import java.time.InstantSource;
import org.atelier.api.job.SetQueue;
import org.atelier.api.set.RequestFormat;
import org.atelier.web.data.DataFiles;

/** Upload stores for the tests of other packages. */
public final class UploadStores {

    private UploadStores() {}

    /** Returns a store without a reader of audio. */
    public static UploadStore of(DataFiles data, SetQueue queue, RequestFormat format) {
        return new UploadStore(
                data, new JobFiles(queue, format), new AudioCheck(), UploadLimits.DEFAULT, InstantSource.system());
    }
}
