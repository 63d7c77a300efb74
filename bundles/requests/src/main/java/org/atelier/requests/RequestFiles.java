package org.atelier.requests;

import static org.atelier.api.AtelierException.Code.INPUT_UNREADABLE;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.atelier.api.AtelierException;
import org.atelier.api.context.ContextKinds;
import org.atelier.api.metadata.ImageOrigin;
import org.atelier.api.set.RequestFormat;
import org.atelier.api.set.SetRequest;
import org.atelier.api.set.StrengthPresets;
import org.atelier.api.set.StyleCards;
import org.atelier.pictures.EmbeddedMetadata;
import org.atelier.requests.foreign.ForeignRequest;
import org.atelier.requests.tree.JsonTree;
import org.atelier.requests.tree.RequestTree;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Writes requests as JSON and reads them from YAML or JSON. Unknown content is an error. */
@Component
public final class RequestFiles implements RequestFormat {

    private final ContextKinds kinds;
    private final StyleCards cards;
    private final StrengthPresets presets;

    /**
     * @param kinds which contexts read files
     * @param cards reads the style card that a request starts from
     * @param presets the strengths of attention strategies
     */
    @Activate
    public RequestFiles(
            @Reference ContextKinds kinds, @Reference StyleCards cards, @Reference StrengthPresets presets) {
        this.kinds = kinds;
        this.cards = cards;
        this.presets = presets;
    }

    @Override
    public String write(SetRequest request) {
        return Json.pretty(RequestJson.of(request));
    }

    @Override
    public Map<String, String> defaults() {
        return RequestFields.defaults();
    }

    @Override
    public SetRequest readBack(String written) {
        return RequestReader.verbatim().read(JsonTree.read(written, "the request"));
    }

    @Override
    public SetRequest read(Path file) {
        return read(file, note -> {});
    }

    @Override
    public SetRequest read(Path file, Consumer<String> notes) {
        if (EmbeddedMetadata.isIn(file)) {
            return fromImage(file, notes);
        }
        return new RequestReader(FileResolver.relativeTo(file, kinds, cards), presets).read(RequestTree.read(file));
    }

    @Override
    public SetRequest read(String text, String name) {
        if (text.length() > RequestTree.MAX_BYTES) {
            throw new AtelierException(INPUT_UNREADABLE, name + ": too large for a request, more than 16 MiB.");
        }
        return new RequestReader(FileResolver.absoluteOnly(kinds, cards), presets).read(RequestTree.read(text, name));
    }

    private SetRequest fromImage(Path image, Consumer<String> notes) {
        ImageOrigin origin = EmbeddedRequestInspector.read(image);
        SetRequest request = origin.request();
        if (request == null && origin.foreign() != null) {
            return ForeignRequest.of(origin.foreign(), notes);
        }
        if (request == null) {
            throw new AtelierException(
                    INPUT_UNREADABLE,
                    image + ": this image contains no request; only images generated with metadata do.");
        }
        if (request.references().images().stream().anyMatch(reference -> reference.sha256() == null)) {
            throw new AtelierException(
                    INPUT_UNREADABLE,
                    image + ": its request has a reference without a sha256; give the file with --reference.");
        }
        if (Stream.of(request.initImages().images(), request.initImages().masks())
                .flatMap(List::stream)
                .anyMatch(file -> file.sha256() == null)) {
            throw new AtelierException(
                    INPUT_UNREADABLE,
                    image
                            + ": its request has an init image or a mask without a sha256; give the file with --init-image or --mask.");
        }
        if (request.regions().list().stream().anyMatch(region -> region.sha256() == null)) {
            throw new AtelierException(
                    INPUT_UNREADABLE,
                    image + ": its request has a region whose mask has no sha256; give the regions in a request file.");
        }
        if (request.references().contents().stream().anyMatch(content -> content.sha256() == null)) {
            throw new AtelierException(
                    INPUT_UNREADABLE,
                    image + ": its request has a content without a sha256; give the file with --content.");
        }
        if (request.contexts().inputs().stream()
                .anyMatch(context -> context.resolved() == null && kinds.readsFile(context.kind()))) {
            throw new AtelierException(
                    INPUT_UNREADABLE,
                    image + ": its request has a context without its text; give the file on the command line.");
        }
        return request;
    }
}
