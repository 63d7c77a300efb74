package org.atelier.studio.folder;

import static org.atelier.api.AtelierException.Code.INPUT_UNREADABLE;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.atelier.api.AtelierException;
import org.atelier.api.set.ControlImage;
import org.atelier.api.set.GeneratedImage;
import org.atelier.api.set.GeneratedSet;
import org.atelier.files.IoErrors;
import org.atelier.files.Sha256;
import org.atelier.requests.JsonTree;
import org.atelier.requests.RequestNode;
import org.atelier.requests.RequestReader;

/** Reads a complete set from its record. */
public final class CompleteSet {

    private final Path folder;
    private final Path record;

    public CompleteSet(Path folder) {
        this.folder = folder;
        this.record = folder.resolve(SetFolder.RECORD);
    }

    /**
     * Reads the set and compares the hash of every file with the record.
     *
     * @param styleCard the style card of the set; {@code null} if there is none or it is unknown
     * @throws AtelierException INPUT_UNREADABLE that names the first file that is missing or has changed
     */
    public GeneratedSet read(Path styleCard) {
        try {
            RequestNode root = JsonTree.read(Files.readString(record), record.toString());
            List<GeneratedImage> images = new ArrayList<>();
            List<ControlImage> controls = new ArrayList<>();
            for (RequestNode file : member(root, "files").elements("a list of files")) {
                Map<String, RequestNode> members = file.members();
                Path path = folder.resolve(member(file, "file").text());
                String sha256 = member(file, "sha256").text();
                require(path, sha256);
                if (members.containsKey("index")) {
                    images.add(new GeneratedImage(
                            members.get("index").intValue(),
                            member(file, "prompt").text(),
                            members.containsKey("seed")
                                    ? Long.valueOf(members.get("seed").longValue())
                                    : null,
                            path,
                            sha256));
                }
                if (members.containsKey("control")) {
                    controls.add(new ControlImage(
                            members.get("control").text(),
                            member(file, "applies_to").elements("a list of images").stream()
                                    .map(RequestNode::intValue)
                                    .toList(),
                            path,
                            sha256));
                }
            }
            return new GeneratedSet(
                    folder,
                    RequestReader.verbatim().read(root),
                    images,
                    controls,
                    folder.resolve(SetFolder.CONTACT_SHEET),
                    record,
                    styleCard);
        } catch (IOException e) {
            throw new AtelierException(INPUT_UNREADABLE, record + ": " + IoErrors.of(e) + ".", e);
        }
    }

    private static RequestNode member(RequestNode node, String key) {
        RequestNode member = node.members().get(key);
        if (member == null) {
            throw node.fault("'" + key + "' is missing");
        }
        return member;
    }

    private void require(Path file, String sha256) throws IOException {
        if (!Files.isRegularFile(file) || !Sha256.of(file).equals(sha256)) {
            throw new AtelierException(
                    INPUT_UNREADABLE,
                    "%s is missing or has changed since the set was completed; generate the set again from %s into another folder."
                            .formatted(file, record));
        }
    }
}
