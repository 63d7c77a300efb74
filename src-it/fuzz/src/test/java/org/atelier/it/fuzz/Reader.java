package org.atelier.it.fuzz;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.atelier.it.harness.mutation.Mutation;

/**
 * A reader under test.
 *
 * @param name of the reader and of its files
 * @param corpus valid inputs
 * @param mutation how they are changed
 * @param read the call of the reader
 */
record Reader(String name, List<byte[]> corpus, Mutation mutation, Read read) {

    /** Reads an input as the product does. */
    @FunctionalInterface
    interface Read {

        /** @param file contains the input */
        void read(byte[] input, Path file) throws IOException;
    }

    Reader {
        corpus = List.copyOf(corpus);
    }

    @Override
    public String toString() {
        return name;
    }
}
