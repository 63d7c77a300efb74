package org.atelier.explain;

import static org.atelier.api.AtelierException.Code.INVALID_REQUEST;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.atelier.api.AtelierException;
import org.atelier.api.Faults;
import org.atelier.api.explain.Explainer;
import org.atelier.api.explain.Explanation;
import org.atelier.api.explain.ExplanationListener;
import org.atelier.api.explain.ExplanationRequest;
import org.atelier.api.explain.ImagePoint;
import org.atelier.api.set.SetRequest;
import org.atelier.api.set.Studio;
import org.atelier.html.OutputFolder;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Version;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Explains the method on sets of the studio. */
@Component
public final class SetExplainer implements Explainer {

    private final Studio studio;
    private final String version;

    @Activate
    public SetExplainer(@Reference Studio studio, BundleContext context) {
        this(studio, text(context.getBundle().getVersion()));
    }

    SetExplainer(Studio studio, String version) {
        this.studio = studio;
        this.version = version;
    }

    /** The version in Maven's format, with the qualifier of a snapshot. */
    private static String text(Version version) {
        String release = version.getMajor() + "." + version.getMinor() + "." + version.getMicro();
        return version.getQualifier().isEmpty() ? release : release + "-" + version.getQualifier();
    }

    @Override
    public Explanation explain(ExplanationRequest request, Path folder, ExplanationListener listener) {
        Faults faults = new Faults();
        OutputFolder output = new OutputFolder(folder.toAbsolutePath().normalize());
        output.check(faults);
        check(request, faults);
        SetRequest resolved = resolve(request.set(), faults);
        faults.throwIfAny();
        SetRequest seeded = request.set().toBuilder().seed(resolved.seed()).build();
        ExplanationPlan plan = ExplanationPlan.of(studio, request, seeded, resolved, output.path());
        listener.resolved(resolved);
        Material material = new ExplanationRun(studio, plan, listener).generate();
        Path page = output.write(PAGE, new ExplanationPage(material, version).html());
        return new Explanation(output.path(), resolved, page, plan.recording(), material.folders());
    }

    private static void check(ExplanationRequest request, Faults faults) {
        SetRequest set = request.set();
        faults.require(!set.panorama().enabled(), "Panoramas cannot be explained; omit --panorama.");
        faults.require(set.regions().isEmpty(), "Regions cannot be explained; omit them.");
        faults.require(
                set.references().contents().isEmpty(), "Restyled pictures cannot be explained; give prompts instead.");
        faults.require(
                !set.sharing().attention().equals(ExplanationPlan.RECORD),
                "The attention 'record' is used for the explanation itself; give the attention to explain.");
        faults.require(
                set.items().stream().allMatch(item -> item.attentionOptions().isEmpty() && item.strength() == null),
                "Attention options of single images cannot be explained; give them for the whole set.");
        for (String word : request.words()) {
            faults.require(
                    !word.isBlank() && hasWord(set, word),
                    "No prompt has the word '%s'; give a word of a prompt or of the style.".formatted(word));
        }
        for (ImagePoint point : request.points()) {
            faults.require(
                    isShare(point.x()) && isShare(point.y()),
                    "The point %s,%s is outside the images; both numbers must be from 0 to 1."
                            .formatted(point.x(), point.y()));
        }
    }

    private static boolean isShare(double coordinate) {
        return coordinate >= 0 && coordinate <= 1;
    }

    private static boolean hasWord(SetRequest set, String word) {
        String lower = word.toLowerCase(Locale.ROOT);
        return (set.style() + " " + String.join(" ", set.prompts()))
                .toLowerCase(Locale.ROOT)
                .contains(lower);
    }

    /** Returns the request itself if it has faults. */
    private SetRequest resolve(SetRequest set, Faults faults) {
        try {
            return studio.resolve(set);
        } catch (AtelierException e) {
            if (e.code() != INVALID_REQUEST) {
                throw e;
            }
            List.of(e.getMessage().split("\n")).forEach(faults::add);
            return set;
        }
    }
}
