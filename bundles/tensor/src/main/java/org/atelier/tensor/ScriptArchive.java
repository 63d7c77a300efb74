package org.atelier.tensor;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Writes a TorchScript archive: an uncompressed zip with the source of one class and a pickled instance without state,
 * in the layout of {@code torch.jit.save} at file format version 10.
 */
final class ScriptArchive {

    private static final String FOLDER = "archive/";

    private ScriptArchive() {}

    static byte[] of(String className, String source) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.setMethod(ZipOutputStream.STORED);
            store(zip, "data.pkl", instance(className));
            store(zip, "code/__torch__.py", source.getBytes(StandardCharsets.UTF_8));
            store(zip, "constants.pkl", new byte[] {(byte) 0x80, 2, ')', '.'});
            store(zip, "byteorder", ascii("little"));
            store(zip, "version", ascii("10\n"));
        }
        return bytes.toByteArray();
    }

    /** Pickle protocol 2: an empty instance of the class whose only attribute is {@code training = False}. */
    private static byte[] instance(String className) throws IOException {
        byte[] attribute = ascii("training");
        ByteArrayOutputStream pickle = new ByteArrayOutputStream();
        pickle.write(new byte[] {(byte) 0x80, 2}); // protocol 2
        pickle.write(ascii("c__torch__\n" + className + "\n")); // push the class
        pickle.write(new byte[] {')', (byte) 0x81}); // create the instance without arguments
        pickle.write(new byte[] {'}', '(', 'X'}); // a dictionary, a mark, a string
        pickle.write(ByteBuffer.allocate(Integer.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(attribute.length)
                .array());
        pickle.write(attribute);
        pickle.write(new byte[] {(byte) 0x89, 'u', 'b', '.'}); // False; set items; build; stop
        return pickle.toByteArray();
    }

    private static void store(ZipOutputStream zip, String name, byte[] content) throws IOException {
        CRC32 crc = new CRC32();
        crc.update(content);
        ZipEntry entry = new ZipEntry(FOLDER + name);
        entry.setSize(content.length);
        entry.setCrc(crc.getValue());
        entry.setTime(0);
        zip.putNextEntry(entry);
        zip.write(content);
        zip.closeEntry();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
