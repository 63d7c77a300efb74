package org.atelier.files;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/** Describes why a file operation failed, because file system exceptions contain little more than a path. */
public final class IoErrors {

    private IoErrors() {}

    /** Returns a phrase without a full stop. */
    public static String of(IOException fault) {
        if (fault instanceof NoSuchFileException) {
            return "no such file";
        }
        if (fault instanceof AccessDeniedException) {
            return "access denied";
        }
        if (fault instanceof FileAlreadyExistsException || fault instanceof NotDirectoryException) {
            return "a file exists where a folder is needed";
        }
        if (fault instanceof FileSystemException detailed && detailed.getReason() != null) {
            return detailed.getReason();
        }
        return fault.getMessage() == null ? fault.getClass().getSimpleName() : fault.getMessage();
    }
}
