package org.atelier.audio;

import java.nio.charset.StandardCharsets;
import java.util.Set;

/** The container format of an audio file, detected by its first bytes and not by its name. */
enum Container {
    WAVE("WAV", true),
    AIFF("AIFF", true),
    AU("AU", true),
    FLAC("FLAC", false),
    MP3("MP3", false),
    OGG("Ogg", false),
    M4A("MPEG-4", false),
    MATROSKA("Matroska", false),
    UNKNOWN("", false);

    /** The number of bytes that {@link #of} reads. */
    static final int HEAD = 12;

    /** RF64 and BW64 have lengths above 4 GiB; RIFX is big-endian. */
    private static final Set<String> WAVE_FORMS = Set.of("RIFF", "RIFX", "RF64", "BW64");

    private final String title;
    private final boolean readByJava;

    Container(String title, boolean readByJava) {
        this.title = title;
        this.readByJava = readByJava;
    }

    String title() {
        return title;
    }

    boolean isReadByJava() {
        return readByJava;
    }

    /** @param head the first {@link #HEAD} bytes of the file, or all bytes of a shorter one */
    static Container of(byte[] head) {
        String text = new String(head, StandardCharsets.ISO_8859_1);
        if (text.startsWith("WAVE", 8) && WAVE_FORMS.contains(text.substring(0, 4))) {
            return WAVE;
        }
        if (text.startsWith("FORM") && text.startsWith("AIF", 8)) {
            return AIFF;
        }
        if (text.startsWith(".snd")) {
            return AU;
        }
        if (text.startsWith("fLaC")) {
            return FLAC;
        }
        if (text.startsWith("OggS")) {
            return OGG;
        }
        if (text.startsWith("ftyp", 4)) {
            return M4A;
        }
        if (text.startsWith("\u001aE\u00df\u00a3")) {
            return MATROSKA;
        }
        return text.startsWith("ID3") || startsWithMpegFrame(head) ? MP3 : UNKNOWN;
    }

    /** An MPEG frame header: eleven sync bits, and no reserved version or layer. */
    private static boolean startsWithMpegFrame(byte[] head) {
        return head.length > 1
                && (head[0] & 0xff) == 0xff
                && (head[1] & 0xe0) == 0xe0
                && (head[1] & 0x18) != 0x08
                && (head[1] & 0x06) != 0;
    }
}
