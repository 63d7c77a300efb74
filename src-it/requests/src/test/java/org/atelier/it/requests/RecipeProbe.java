package org.atelier.it.requests;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.atelier.api.AtelierException;
import org.atelier.api.set.RequestFormat;
import org.atelier.api.set.SetRequest;
import org.atelier.it.harness.RequestSurroundings;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;

/** Reads files in the framework's home as requests, without contexts, strengths and style cards. */
public final class RecipeProbe implements Callable<List<String>> {

    private final BundleContext context =
            FrameworkUtil.getBundle(RecipeProbe.class).getBundleContext();

    @Override
    public List<String> call() {
        RequestSurroundings.offer(context);
        RequestFormat format = context.getService(context.getServiceReference(RequestFormat.class));
        Path home = Path.of(context.getProperty("atelier.home"));
        SetRequest request = format.read(home.resolve("recipe.yaml"));
        return List.of(
                request.prompts() + " in " + request.style(),
                format.readBack(format.write(request)).equals(request) ? "written and read back the same" : "changed",
                fault(format, home));
    }

    private static String fault(RequestFormat format, Path home) {
        try {
            return "taken: " + format.read(home.resolve("faulty.yaml"));
        } catch (AtelierException e) {
            String message = e.getMessage();
            return message.substring(message.indexOf("faulty.yaml"), message.indexOf('?') + 1);
        }
    }
}
