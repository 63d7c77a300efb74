package org.atelier.web.clients;

import java.awt.Color;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.zip.CRC32;
import org.atelier.web.openai.ServedOpenAi;

/** A PNG of a few bytes whose header declares 60,000 x 60,000 pixels. */
public final class PixelBomb {

    private static final int SIDE = 60_000;

    private PixelBomb() {}

    public static byte[] bytes() throws IOException {
        byte[] png = ServedOpenAi.png(8, 8, Color.RED);
        ByteBuffer header = ByteBuffer.wrap(png);
        header.putInt(16, SIDE).putInt(20, SIDE);
        CRC32 crc = new CRC32();
        crc.update(png, 12, 17);
        header.putInt(29, (int) crc.getValue());
        return png;
    }

    public static String base64() throws IOException {
        return Base64.getEncoder().encodeToString(bytes());
    }
}
