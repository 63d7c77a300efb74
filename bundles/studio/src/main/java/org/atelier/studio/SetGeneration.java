package org.atelier.studio;

import java.awt.image.BufferedImage;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.atelier.api.set.ControlImage;
import org.atelier.api.set.GeneratedImage;
import org.atelier.api.set.GeneratedSet;
import org.atelier.api.set.Progress;
import org.atelier.api.set.SetListener;
import org.atelier.api.set.SetRequest;
import org.atelier.diffusion.sampling.ReferenceTrajectories;
import org.atelier.requests.ImageMetadata;
import org.atelier.requests.png.PngFile;
import org.atelier.studio.card.CardWriter;
import org.atelier.studio.folder.ControlFile;
import org.atelier.studio.folder.SetFiles;
import org.atelier.studio.folder.SetFolder;
import org.atelier.studio.folder.SetRecord;
import org.atelier.studio.folder.SliceRecord;
import org.atelier.studio.folder.WrittenFile;
import org.atelier.studio.resolve.ContextNotes;
import org.atelier.studio.resolve.ControlNotes;
import org.atelier.studio.resolve.InitImageNotes;
import org.atelier.studio.resolve.ModelNotes;
import org.atelier.studio.resolve.OpenedSet;
import org.atelier.studio.resolve.PanoramaResolver;
import org.atelier.studio.sheet.CaptionRenderer;
import org.atelier.studio.sheet.ContactSheet;
import org.atelier.studio.sheet.SheetCaptions;

/** Generates one set, or a slice of it, into a folder of files. */
final class SetGeneration implements ImageSink {

    private final OpenedSet set;
    private final SetRequest request;
    private final RunImages run;
    private final SetFiles files;
    private final Optional<CardWriter> card;
    private final RecordingListener listener;
    private final String version;
    private final List<ControlFile> controls;
    private final SheetCaptions captions;
    private final ContactSheet sheet;
    private final int total;
    private final List<GeneratedImage> images = new ArrayList<>();
    private int reconstructions;

    /**
     * @param run the images that are generated and written
     * @param card writes the style card, if one is requested
     */
    SetGeneration(
            OpenedSet set,
            RunImages run,
            SetFiles files,
            Optional<CardWriter> card,
            SetListener listener,
            String version) {
        this.set = set;
        this.request = set.request();
        this.run = run;
        this.files = files;
        this.card = card;
        this.listener = new RecordingListener(listener, files);
        this.version = version;
        this.controls = set.controls().files(request).stream()
                .filter(control -> control.images().stream().anyMatch(run::writes))
                .toList();
        this.total = run.written(request).size();
        this.captions = new SheetCaptions(request);
        this.sheet = new ContactSheet(
                request.references().images().size() + request.items().size() + controls.size());
    }

    GeneratedSet run(ImageGenerator generator, Duration checkpointInterval) {
        listener.started(request);
        set.unusedValues().forEach(listener::noted);
        ContextNotes.of(request).forEach(listener::noted);
        ControlNotes.of(request).forEach(listener::noted);
        InitImageNotes.of(set).forEach(listener::noted);
        set.regionMasks()
                .notes(request, index -> PanoramaResolver.isReference(set, index))
                .forEach(listener::noted);
        ModelNotes.of(set).forEach(listener::noted);
        generator.generate(set, run, files.checkpoint(checkpointInterval), listener, this);
        List<ControlImage> controlImages = writeControls();
        WrittenFile contactSheet = run.isSlice() ? null : writeSheet();
        Path styleCard = card.map(this::writeCard).orElse(null);
        SetRecord setRecord = new SetRecord(
                version,
                request,
                set.fingerprint(),
                set.controls().fingerprints(),
                SliceRecord.of(files.manifest()),
                files.notes(),
                images,
                controlImages,
                contactSheet);
        WrittenFile record = files.complete(setRecord.json().getBytes(StandardCharsets.UTF_8));
        return new GeneratedSet(
                files.folder(),
                request,
                images,
                controlImages,
                contactSheet == null ? null : contactSheet.path(),
                record.path(),
                styleCard);
    }

    @Override
    public void trajectories(ReferenceTrajectories references) {
        card.ifPresent(writer -> writer.trajectories(references));
    }

    @Override
    public void reconstruction(Supplier<BufferedImage> image, int index, int count) {
        reconstructions = count;
        String name = SetFolder.reconstructionName(index, count, numberedImages());
        Integer apart = count == 1 ? null : Integer.valueOf(index);
        Map<String, String> texts =
                request.output().metadata() ? new ImageMetadata(version).ofReconstruction(request, apart) : Map.of();
        write(
                image,
                name,
                0,
                captions.reconstructionPrompt(index, count),
                null,
                captions.ofReconstruction(index, count),
                texts);
    }

    @Override
    public void image(Supplier<BufferedImage> image, int prompt) {
        int number = request.firstGenerated() + prompt;
        write(
                image,
                SetFolder.imageName(number, numberedImages()),
                number,
                request.promptOf(number),
                request.items().get(prompt).seed(),
                captions.ofItem(prompt),
                request.output().metadata() ? new ImageMetadata(version).of(request, number) : Map.of());
    }

    private void write(
            Supplier<BufferedImage> decoder,
            String name,
            int number,
            String shown,
            Long seed,
            String caption,
            Map<String, String> texts) {
        Optional<WrittenFile> existing = files.existing(name);
        BufferedImage image = existing.map(file -> PngFile.pixels(file.path())).orElseGet(decoder);
        card.ifPresent(writer -> writer.preview(image));
        WrittenFile file = existing.orElseGet(() -> files.write(name, PngFile.encode(image, texts)));
        GeneratedImage generated = new GeneratedImage(number, shown, seed, file.path(), file.sha256());
        images.add(generated);
        sheet.add(image, caption);
        listener.finished(generated);
        listener.progressed(new Progress(Progress.Phase.WRITING, images.size(), reconstructions + total));
    }

    /** Returns how many numbers the file names of the images use. */
    private int numberedImages() {
        return request.firstGenerated() + request.items().size();
    }

    /** Writes the control images, without metadata, since no model generated them. */
    private List<ControlImage> writeControls() {
        List<ControlImage> written = new ArrayList<>();
        for (ControlFile control : controls) {
            sheet.add(control.shown(), SheetCaptions.ofControl(control.kind()));
            WrittenFile file = files.write(control.name(numberedImages()), PngFile.encode(control.shown(), Map.of()));
            written.add(new ControlImage(control.kind(), control.images(), file.path(), file.sha256()));
        }
        return written;
    }

    private WrittenFile writeSheet() {
        CaptionRenderer renderer = CaptionRenderer.ofThisMachine();
        if (!renderer.hasFonts()) {
            listener.noted(CaptionRenderer.NO_FONTS);
        }
        return files.write(SetFolder.CONTACT_SHEET, PngFile.encode(sheet.generate(renderer), sheetTexts()));
    }

    private Path writeCard(CardWriter writer) {
        WrittenFile written = writer.write(request);
        files.recordExternal(written);
        return written.path();
    }

    private Map<String, String> sheetTexts() {
        return request.output().metadata() ? new ImageMetadata(version).ofSheet() : Map.of();
    }
}
