package org.atelier.studio;

import java.awt.image.BufferedImage;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.atelier.api.attention.AttentionStrategy;
import org.atelier.api.set.DrawnPicture;
import org.atelier.api.set.DrawnSet;
import org.atelier.api.set.Progress;
import org.atelier.api.set.SetListener;
import org.atelier.api.set.SetRequest;

/** One set on its way from a settled request to a folder of files. */
final class SetDrawing {

    private final SettledRequest settled;
    private final SetRequest request;
    private final SetFolder folder;
    private final NotingListener listener;
    private final String version;
    private final ContactSheet sheet;
    private final List<DrawnPicture> pictures = new ArrayList<>();

    SetDrawing(SettledRequest settled, SetFolder folder, SetListener listener, String version) {
        this.settled = settled;
        this.request = settled.request();
        this.folder = folder;
        this.listener = new NotingListener(listener);
        this.version = version;
        this.sheet = new ContactSheet(request.prompts().size());
    }

    DrawnSet draw(Artist artist, AttentionStrategy strategy) {
        listener.started(request);
        ModelNotes.of(settled).forEach(listener::noted);
        artist.draw(settled.model(), request, strategy, listener, this::write);
        WrittenFile contactSheet = writeSheet();
        SetRecord set = new SetRecord(
                version, request, ModelFingerprint.of(settled.model()), listener.notes(), pictures, contactSheet);
        WrittenFile written = folder.write(SetFolder.RECORD, set.json().getBytes(StandardCharsets.UTF_8));
        return new DrawnSet(folder.path(), request, pictures, contactSheet.path(), written.path());
    }

    private void write(BufferedImage picture, int index) {
        int count = request.prompts().size();
        WrittenFile file =
                folder.write(SetFolder.pictureName(index, count), PngFile.encode(picture, pictureTexts(index)));
        DrawnPicture drawn = new DrawnPicture(
                index, request.styledPrompt(index), request.seed() + index, file.path(), file.sha256());
        pictures.add(drawn);
        sheet.add(picture, request.prompts().get(index));
        listener.finished(drawn);
        listener.progressed(new Progress(Progress.Phase.WRITING, pictures.size(), count));
    }

    private WrittenFile writeSheet() {
        Lettering lettering = Lettering.ofThisMachine();
        if (!lettering.hasFonts()) {
            listener.noted("This machine has no fonts, so the contact sheet has no captions.");
        }
        return folder.write(SetFolder.CONTACT_SHEET, PngFile.encode(sheet.draw(lettering), sheetTexts()));
    }

    private Map<String, String> pictureTexts(int index) {
        return request.metadata() ? new PictureTexts(version).of(request, index) : Map.of();
    }

    private Map<String, String> sheetTexts() {
        return request.metadata() ? new PictureTexts(version).ofSheet() : Map.of();
    }
}
