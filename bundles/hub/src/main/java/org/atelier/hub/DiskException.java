package org.atelier.hub;

import java.io.IOException;

/** The cache cannot be read or written; distinguishes disk errors from network errors. */
final class DiskException extends IOException {

    private static final long serialVersionUID = 1L;

    DiskException(IOException cause) {
        super(cause.getMessage(), cause);
    }
}
