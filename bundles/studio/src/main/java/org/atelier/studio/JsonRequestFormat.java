package org.atelier.studio;

import static org.atelier.api.AtelierException.Code.INPUT_UNREADABLE;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.atelier.api.AtelierException;
import org.atelier.api.set.ReferenceFile;
import org.atelier.api.set.RequestFormat;
import org.atelier.api.set.SetRequest;
import org.osgi.service.component.annotations.Component;

/** Requests as JSON, read strictly: what is not understood is refused, never skipped. */
@Component
public final class JsonRequestFormat implements RequestFormat {

    /** Far above any request of ten thousand prompts, far below what would exhaust the memory. */
    private static final long MOST_BYTES = 16L << 20;

    @Override
    public String write(SetRequest request) {
        return Json.pretty(RequestJson.of(request));
    }

    @Override
    public SetRequest read(Path file) {
        if (PngFile.isPng(file)) {
            SetRequest request = PngInspector.read(file).request();
            if (request == null) {
                throw new AtelierException(
                        INPUT_UNREADABLE,
                        file + ": this picture carries no request; only pictures drawn with metadata do.");
            }
            return request;
        }
        return besideTheirRequest(RequestReader.read(text(file), file.toString()), file);
    }

    /** References are named from where the file lies. */
    private static SetRequest besideTheirRequest(SetRequest request, Path file) {
        return request.but()
                .references(request.references().stream()
                        .map(reference -> new ReferenceFile(
                                resolved(reference.file(), file),
                                reference.prompt(),
                                reference.weight(),
                                reference.sha256()))
                        .toList())
                .build();
    }

    private static String resolved(String reference, Path file) {
        try {
            return file.toAbsolutePath().resolveSibling(reference).normalize().toString();
        } catch (InvalidPathException e) {
            throw new AtelierException(INPUT_UNREADABLE, file + ": '" + reference + "' is no name of a file.", e);
        }
    }

    private static String text(Path file) {
        try {
            if (Files.size(file) > MOST_BYTES) {
                throw new AtelierException(INPUT_UNREADABLE, file + ": too large for a request, more than 16 MiB.");
            }
            return Files.readString(file, StandardCharsets.UTF_8);
        } catch (CharacterCodingException e) {
            throw new AtelierException(INPUT_UNREADABLE, file + ": neither JSON in UTF-8 nor a PNG picture.", e);
        } catch (IOException e) {
            throw new AtelierException(INPUT_UNREADABLE, file + ": " + Reasons.of(e) + ".", e);
        }
    }
}
