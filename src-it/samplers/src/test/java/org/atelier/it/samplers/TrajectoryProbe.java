package org.atelier.it.samplers;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.atelier.api.sampling.NoiseSchedule;
import org.atelier.api.sampling.Sampler;
import org.atelier.api.sampling.Solver;
import org.atelier.api.sampling.StepInput;
import org.atelier.api.sampling.StepResult;
import org.atelier.models.library.ModelLibrary;
import org.atelier.models.schedule.DiscreteNoiseSchedule;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.ComponentFactory;
import org.osgi.service.component.ComponentInstance;

/**
 * Finds the samplers as the studio does, as services by name, and runs four steps of sketchbook's schedule with each from
 * noise, with a perfect noise prediction for an image of constant 0.4.
 */
public final class TrajectoryProbe implements Callable<List<String>> {

    private static final double CLEAN = 0.4;

    private final BundleContext context =
            FrameworkUtil.getBundle(TrajectoryProbe.class).getBundleContext();

    @Override
    public List<String> call() throws Exception {
        ModelLibrary library = context.getService(context.getServiceReference(ModelLibrary.class));
        NoiseSchedule schedule =
                DiscreteNoiseSchedule.from(library.find("sketchbook").settings("scheduler"));
        List<String> found = new ArrayList<>();
        found.add(generated("ddim", Map.of(), schedule));
        found.add(generated("ddim", Map.of("eta", 0.5), schedule));
        found.add(generated("dpm++2m", Map.of(), schedule));
        found.add(generated("euler", Map.of(), schedule));
        found.add(generated("unipc", Map.of(), schedule));
        return found;
    }

    @SuppressWarnings({"rawtypes", "unchecked"}) // the service is registered under the raw type
    private String generated(String name, Map<String, Object> options, NoiseSchedule schedule) throws Exception {
        Collection<ServiceReference<ComponentFactory>> factories = context.getServiceReferences(
                ComponentFactory.class, "(&(component.factory=" + Sampler.FACTORY + ")(atelier.name=" + name + "))");
        ComponentFactory<Sampler> factory =
                context.getService(factories.iterator().next());
        ComponentInstance<Sampler> instance = factory.newInstance(FrameworkUtil.asDictionary(options));
        try (NDManager manager = NDManager.newBaseManager()) {
            return name + " " + options + " " + walked(instance.getInstance().solver(schedule, 4), manager);
        } finally {
            instance.dispose();
        }
    }

    private static String walked(Solver solver, NDManager manager) {
        AtomicInteger generated = new AtomicInteger();
        NDArray latents = manager.randomNormal(new Shape(1, 4, 2, 3)).mul(solver.initialScale());
        List<NDArray> history = List.of();
        int step = 0;
        while (step < solver.steps()) {
            NDArray noise = latents.sub(CLEAN * solver.level(step).alpha())
                    .div(solver.level(step).sigma());
            StepResult taken = solver.step(new StepInput(step, latents, noise, history, () -> {
                generated.incrementAndGet();
                return manager.randomNormal(new Shape(1, 4, 2, 3));
            }));
            latents = taken.latents();
            history = taken.history();
            step++;
        }
        return String.format(
                Locale.ROOT,
                "took %d steps, generated %d arrays of noise, ended at %.1f",
                step,
                generated.get(),
                latents.mean().getFloat());
    }
}
