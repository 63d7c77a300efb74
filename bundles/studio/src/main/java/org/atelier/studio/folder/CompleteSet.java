package org.atelier.studio.folder;

import static org.atelier.api.AtelierException.Code.INPUT_UNREADABLE;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.atelier.api.AtelierException;
import org.atelier.api.set.ControlImage;
import org.atelier.api.set.GeneratedImage;
import org.atelier.api.set.GeneratedSet;
import org.atelier.files.IoErrors;
import org.atelier.files.Sha256;

/** Reads a complete set, or a complete slice of one, from its record. */
public final class CompleteSet {

    private final Path folder;
    private final Path record;

    public CompleteSet(Path folder) {
        this.folder = folder;
        this.record = folder.resolve(SetFolder.RECORD);
    }

    /**
     * Reads the set and compares the hash of every file with the record.
     *
     * @param styleCard the style card of the set; {@code null} if there is none or it is unknown
     * @throws AtelierException INPUT_UNREADABLE that names the first file that is missing or has changed
     */
    public GeneratedSet read(Path styleCard) {
        SetRecord set = verified();
        return new GeneratedSet(
                folder,
                set.request(),
                set.images(),
                set.controls(),
                set.contactSheet() == null ? null : set.contactSheet().path(),
                record,
                styleCard);
    }

    /**
     * Reads the record and compares the hash of every file with it.
     *
     * @throws AtelierException as {@link #read} does
     */
    public SetRecord verified() {
        try {
            SetRecord set = SetRecord.read(folder);
            for (GeneratedImage image : set.images()) {
                require(image.file(), image.sha256());
            }
            for (ControlImage control : set.controls()) {
                require(control.file(), control.sha256());
            }
            if (set.contactSheet() != null) {
                require(set.contactSheet().path(), set.contactSheet().sha256());
            }
            return set;
        } catch (IOException e) {
            throw new AtelierException(INPUT_UNREADABLE, record + ": " + IoErrors.of(e) + ".", e);
        }
    }

    private void require(Path file, String sha256) throws IOException {
        if (!Files.isRegularFile(file) || !Sha256.of(file).equals(sha256)) {
            throw new AtelierException(
                    INPUT_UNREADABLE,
                    "%s is missing or has changed since the set was completed; generate the set again from %s into another folder."
                            .formatted(file, record));
        }
    }
}
