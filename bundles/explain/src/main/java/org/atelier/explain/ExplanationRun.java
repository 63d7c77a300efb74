package org.atelier.explain;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.atelier.api.explain.ExplanationListener;
import org.atelier.api.set.ForwardingListener;
import org.atelier.api.set.GeneratedSet;
import org.atelier.api.set.Studio;

/** Generates the sets of a plan, and keeps what the page needs. */
final class ExplanationRun {

    private final Studio studio;
    private final ExplanationPlan plan;
    private final ExplanationListener listener;
    private final Set<String> notes;

    ExplanationRun(Studio studio, ExplanationPlan plan, ExplanationListener listener) {
        this.studio = studio;
        this.plan = plan;
        this.listener = listener;
        this.notes = new LinkedHashSet<>(plan.notes());
    }

    Material generate() {
        plan.notes().forEach(listener::noted);
        Unnoted unnoted = new Unnoted();
        Strips strips = new Strips(new Notes(), ExplanationPlan.SHOWN);
        Strips returned = new Strips(unnoted, 1);
        Map<String, GeneratedSet> sets = new LinkedHashMap<>();
        List<PlannedSet> all = plan.sets();
        for (PlannedSet planned : all) {
            listener.setStarted(planned.title(), sets.size() + 1, all.size());
            ForwardingListener following = unnoted;
            if (planned.equals(plan.method())) {
                following = strips;
            } else if (planned.equals(plan.reconstruction().orElse(null))) {
                following = returned;
            }
            sets.put(
                    planned.name(),
                    studio.generate(
                            planned.request(), plan.folder().resolve("sets").resolve(planned.name()), following));
        }
        Recordings recordings = Recordings.in(plan.recording());
        return new Material(plan, sets, strips, returned, recordings, new ArrayList<>(notes));
    }

    /** Forwards no notes: those of the other sets repeat the first one's, or are about settings that nobody chose. */
    private final class Unnoted extends ForwardingListener {

        Unnoted() {
            super(listener);
        }

        @Override
        public void noted(String sentence) {}
    }

    /** Forwards each distinct note once. */
    private final class Notes extends ForwardingListener {

        Notes() {
            super(listener);
        }

        @Override
        public void noted(String sentence) {
            if (notes.add(sentence)) {
                super.noted(sentence);
            }
        }
    }
}
