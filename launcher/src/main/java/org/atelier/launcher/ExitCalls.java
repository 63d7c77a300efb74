package org.atelier.launcher;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Redirects the calls of {@code System.exit} in a class file (JVM specification, chapter 4). A call names its method by an entry
 * of the constant pool; only the class of that entry is changed, so the code stays as it is.
 */
final class ExitCalls {

    private static final int MAGIC_AND_VERSION = 8;
    private static final int MAXIMUM_CONSTANTS = 65_535;

    /** An entry of a class or a class member: its tag, where it is in the file, and the two indices that it has. */
    private record Entry(int tag, int offset, int first, int second) {}

    private final byte[] file;
    private final Map<Integer, String> texts = new HashMap<>();
    private final Map<Integer, Entry> entries = new HashMap<>();
    private int count;
    private int end;

    private ExitCalls(byte[] file) throws IOException {
        this.file = file;
        read();
    }

    /**
     * Returns the class with its calls redirected; empty if it has none.
     *
     * @param file a class file
     * @param target the internal name of the class whose method {@code static void exit(int)} is called instead
     */
    static Optional<byte[]> redirected(byte[] file, String target) {
        try {
            ExitCalls calls = new ExitCalls(file);
            List<Entry> found = calls.found();
            return found.isEmpty() || calls.count + 2 > MAXIMUM_CONSTANTS
                    ? Optional.empty()
                    : Optional.of(calls.redirected(found, target));
        } catch (IOException e) {
            // The JVM reports a damaged class.
            return Optional.empty();
        }
    }

    private void read() throws IOException {
        ByteArrayInputStream bytes = new ByteArrayInputStream(file);
        DataInputStream in = new DataInputStream(bytes);
        in.skipNBytes(MAGIC_AND_VERSION);
        count = in.readUnsignedShort();
        for (int index = 1; index < count; index++) {
            int offset = file.length - bytes.available();
            int tag = in.readUnsignedByte();
            switch (tag) {
                case 1 -> texts.put(index, in.readUTF());
                case 7, 8, 16, 19, 20 -> entries.put(index, new Entry(tag, offset, in.readUnsignedShort(), 0));
                case 9, 10, 11, 12, 17, 18 ->
                    entries.put(index, new Entry(tag, offset, in.readUnsignedShort(), in.readUnsignedShort()));
                case 3, 4 -> in.skipNBytes(4);
                case 15 -> in.skipNBytes(3);
                case 5, 6 -> {
                    in.skipNBytes(8);
                    index++; // A long or double takes two indices.
                }
                default -> throw new IOException("unknown constant " + tag);
            }
        }
        end = file.length - bytes.available();
    }

    private List<Entry> found() {
        List<Entry> found = new ArrayList<>();
        for (Entry entry : entries.values()) {
            Entry owner = entries.get(entry.first);
            Entry member = entries.get(entry.second);
            if (entry.tag == 10
                    && owner != null
                    && member != null
                    && "java/lang/System".equals(texts.get(owner.first))
                    && "exit".equals(texts.get(member.first))
                    && "(I)V".equals(texts.get(member.second))) {
                found.add(entry);
            }
        }
        return found;
    }

    /** Appends the name and the class of the target to the constant pool, so all indices stay. */
    private byte[] redirected(List<Entry> calls, String target) throws IOException {
        ByteArrayOutputStream redirected = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(redirected);
        ByteBuffer pool = ByteBuffer.wrap(file.clone(), 0, end);
        pool.putShort(MAGIC_AND_VERSION, (short) (count + 2));
        calls.forEach(call -> pool.putShort(call.offset + 1, (short) (count + 1)));
        out.write(pool.array(), 0, end);
        out.writeByte(1);
        out.writeUTF(target);
        out.writeByte(7);
        out.writeShort(count);
        out.write(file, end, file.length - end);
        return redirected.toByteArray();
    }
}
