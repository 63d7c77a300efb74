package org.atelier.it.harness.mutation;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32;

/** Restores the checksums and lengths of file formats. */
public final class Repairs {

    private static final int PNG_SIGNATURE = 8;
    private static final int PNG_CHUNK = 12;

    private Repairs() {}

    /** Restores the checksum of every chunk of a PNG. */
    public static byte[] png(byte[] file) {
        byte[] repaired = file.clone();
        ByteBuffer bytes = ByteBuffer.wrap(repaired);
        int at = PNG_SIGNATURE;
        while (at + PNG_CHUNK <= repaired.length) {
            int length = bytes.getInt(at);
            if (length < 0 || length > repaired.length - at - PNG_CHUNK) {
                break;
            }
            CRC32 sum = new CRC32();
            sum.update(repaired, at + 4, length + 4);
            bytes.putInt(at + 8 + length, (int) sum.getValue());
            at += PNG_CHUNK + length;
        }
        return repaired;
    }

    /** Restores the length of the header of a safetensors file, which ends at the last closing brace. */
    public static byte[] safetensors(byte[] file) {
        int end = file.length - 1;
        while (end > Long.BYTES && file[end] != '}') {
            end--;
        }
        byte[] repaired = file.clone();
        if (repaired.length > Long.BYTES) {
            ByteBuffer.wrap(repaired).order(ByteOrder.LITTLE_ENDIAN).putLong(0, end + 1L - Long.BYTES);
        }
        return repaired;
    }

    /** Restores the outer length of a RIFF file. */
    public static byte[] riff(byte[] file) {
        byte[] repaired = file.clone();
        if (repaired.length > Long.BYTES) {
            ByteBuffer.wrap(repaired).order(ByteOrder.LITTLE_ENDIAN).putInt(4, repaired.length - Long.BYTES);
        }
        return repaired;
    }
}
