package org.atelier.web.sets;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Map;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * The files of a set as a ZIP archive, written while they are read. They are not compressed again.
 *
 * @param files by name
 * @param time of every entry
 */
record SetArchive(Map<String, Path> files, Instant time) {

    void writeTo(OutputStream out) throws IOException {
        ZipOutputStream zip = new ZipOutputStream(out);
        zip.setLevel(Deflater.NO_COMPRESSION);
        for (Map.Entry<String, Path> file : files.entrySet()) {
            ZipEntry entry = new ZipEntry(file.getKey());
            entry.setLastModifiedTime(FileTime.from(time));
            zip.putNextEntry(entry);
            try (FileChannel channel =
                    FileChannel.open(file.getValue(), StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
                Channels.newInputStream(channel).transferTo(zip);
            }
            zip.closeEntry();
        }
        zip.finish();
    }
}
