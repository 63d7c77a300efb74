package org.atelier.models.safetensors;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.atelier.models.Samples;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SafetensorsFileTest {

    @TempDir
    private Path folder;

    private SafetensorsFile open(byte[] bytes) throws IOException {
        Path file = folder.resolve("model.safetensors");
        Files.write(file, bytes);
        return SafetensorsFile.open(file);
    }

    @Test
    void tensorsAreInTheOrderOfTheirData() throws IOException {
        String header = """
                {"b":{"dtype":"U8","shape":[2],"data_offsets":[2,4]},"a":{"dtype":"I16","shape":[],"data_offsets":[0,2]}}""";
        SafetensorsFile file = open(Samples.safetensors(header, new byte[] {1, 2, 3, 4}));

        assertEquals(List.of("a", "b"), List.copyOf(file.tensors().keySet()));
        TensorEntry b = file.tensors().get("b");
        assertEquals(StoredType.U8, b.type());
        assertEquals(List.of(2L), b.shape());
        assertEquals(ByteBuffer.wrap(new byte[] {3, 4}), file.map(b));
    }

    @Test
    void metadataIsInTheOrderOfTheFile() throws IOException {
        String header = """
                {"__metadata__":{"z":"1","a":"\\u001b[2J"},"a":{"dtype":"U8","shape":[4],"data_offsets":[0,4]}}""";
        SafetensorsFile file = open(Samples.safetensors(header, new byte[4]));

        assertEquals(List.of("z", "a"), List.copyOf(file.metadata().keySet()));
        assertEquals("\u001b[2J", file.metadata().get("a"));
    }

    @Test
    void anErrorAboutACopyNamesTheOriginal() throws IOException {
        Path copy = folder.resolve("copy");
        Files.write(copy, new byte[] {1});
        Path original = folder.resolve("original.safetensors");
        assertTrue(Samples.fault(() -> SafetensorsFile.open(original, copy)).startsWith(original + ": "));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'a':{'dtype':'U8','shape':[4],'data_offsets':[0,4]},'a':{'dtype':'U8','shape':[0],'data_offsets':[4,4]}} | \"a\" is duplicated",
                "{'a':{'dtype':'U8','shape':[4],'shape':[4],'data_offsets':[0,4]}} | \"shape\" is duplicated",
                "{'a':{'dtype':'U8','shape':[3],'data_offsets':[0,3]},'b':{'dtype':'U8','shape':[2],'data_offsets':[2,4]}} | \"b\" overlaps",
                "{'a':{'dtype':'U8','shape':[1],'data_offsets':[0,1]},'b':{'dtype':'U8','shape':[2],'data_offsets':[2,4]}} | gap before",
                "{'a':{'dtype':'U8','shape':[3],'data_offsets':[0,3]}} | 1 bytes follow the last tensor",
                "{'a':{'dtype':'U8','shape':[5],'data_offsets':[0,5]}} | the file is truncated",
                "{'a':{'dtype':'U8','shape':[4],'data_offsets':[4,0]}} | its data_offsets are [4, 0]",
                "{'a':{'dtype':'F32','shape':[4],'data_offsets':[0,4]}} | needs 16 bytes",
                "{'a':{'dtype':'F32','shape':[4294967296,4294967296,4],'data_offsets':[0,4]}} | is too large",
                "{'a':{'dtype':'F32','shape':[9223372036854775809],'data_offsets':[0,4]}} | not an integer from 0 to 10^18 - 1",
                "{'a':{'dtype':'F32','shape':[-1],'data_offsets':[0,4]}} | not an integer from 0",
                "{'a':{'dtype':'F32','shape':[1.0],'data_offsets':[0,4]}} | not an integer from 0",
                "{'a':{'dtype':'F32','shape':[1,1,1,1,1,1,1,1,1],'data_offsets':[0,4]}} | more than 8 numbers",
                "{'a':{'dtype':'F7','shape':[4],'data_offsets':[0,4]}} | the dtype \"F7\" of \"a\" is unknown",
                "{'a':{'dtype':'U8','shape':[4],'data_offsets':[0,4],'code':'x'}} | unknown field \"code\"",
                "{'a':{'dtype':'U8','shape':[4]}} | lacks its dtype, shape or two data_offsets",
                "{'__metadata__':{'a':{}},'a':{'dtype':'U8','shape':[4],'data_offsets':[0,4]}} | a value that is not a string",
                "{'a':{'dtype':'U8','shape':[4],'data_offsets':[0,4]}}{} | not valid JSON",
                "[] | the header is not an object",
                "{'a' | not valid JSON",
            })
    void rejectsInvalidHeaders(String header, String fault) {
        byte[] file = Samples.safetensors(header.replace('\'', '"'), new byte[4]);
        assertTrue(Samples.fault(() -> open(file)).contains(fault), () -> Samples.fault(() -> open(file)));
    }

    @Test
    void rejectsTooManyTensors() {
        String header = IntStream.rangeClosed(0, SafetensorsHeader.MAXIMUM_TENSORS)
                .mapToObj("\"%d\":{\"dtype\":\"U8\",\"shape\":[0],\"data_offsets\":[0,0]}"::formatted)
                .collect(Collectors.joining(",", "{", "}"));
        assertTrue(Samples.fault(() -> open(Samples.safetensors(header, new byte[0])))
                .contains("more than 50000 tensors"));
    }

    @Test
    void rejectsInvalidUtf8() {
        byte[] file = Samples.safetensors("{\"?\":{}}", new byte[0]);
        file[10] = (byte) 0xff;
        assertTrue(Samples.fault(() -> open(file)).contains("not UTF-8"));
    }

    @Test
    void namesOtherFileFormats() {
        assertTrue(Samples.fault(() -> open(new byte[] {'P', 'K', 3, 4, 0, 0, 8, 8, 0, 0}))
                .contains("this is a pickle"));
        assertTrue(
                Samples.fault(() -> open("\u0080\u0002}q\u0000X\u0000\u0001ab".getBytes(StandardCharsets.ISO_8859_1)))
                        .contains("this is a pickle"));
        assertTrue(Samples.fault(
                        () -> open("version https://git-lfs.github.com/spec/v1\n".getBytes(StandardCharsets.UTF_8)))
                .contains("git lfs pull"));
        assertTrue(Samples.fault(() -> open(new byte[3])).contains("truncated: it has only 3 bytes"));
        assertTrue(Samples.fault(() -> SafetensorsFile.open(folder.resolve("none")))
                .contains("missing"));
        assertTrue(Samples.fault(() -> SafetensorsFile.open(folder)).contains("cannot be read"));
    }

    @Test
    void aHeaderLengthLikeAPickleIsNotAPickle() throws IOException {
        String header = "{}" + " ".repeat(638);
        assertEquals(0, open(Samples.safetensors(header, new byte[0])).tensors().size());
    }

    /** The files are sparse, so they use no disk space. */
    @Test
    void allowsFilesButNotTensorsAboveTwoGigabytes() throws IOException {
        long large = 3L << 30;
        String header = """
                {"large":{"dtype":"U8","shape":[3221225472],"data_offsets":[0,3221225472]},\
                "last":{"dtype":"F32","shape":[1],"data_offsets":[3221225472,3221225476]}}""";
        Path path = folder.resolve("model.safetensors");
        byte[] head = Samples.safetensors(header, new byte[0]);
        Files.write(path, head);
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
            file.setLength(head.length + large + Float.BYTES);
            file.seek(head.length + large);
            file.write(new byte[] {0, 0, (byte) 0x80, 0x3f});
        }
        SafetensorsFile file = SafetensorsFile.open(path);

        assertEquals(
                1f,
                file.map(file.tensors().get("last"))
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .getFloat());
        assertTrue(
                Samples.fault(() -> file.map(file.tensors().get("large"))).contains("2 GB or more cannot be mapped"));
    }

    @Test
    void rejectsAFileThatChangedAfterOpening() throws IOException {
        String header = "{\"a\":{\"dtype\":\"U8\",\"shape\":[4],\"data_offsets\":[0,4]}}";
        SafetensorsFile file = open(Samples.safetensors(header, new byte[4]));
        Files.write(file.path(), new byte[] {1, 2, 3});
        assertTrue(Samples.fault(() -> file.map(file.tensors().get("a"))).contains("when it was opened"));
    }
}
