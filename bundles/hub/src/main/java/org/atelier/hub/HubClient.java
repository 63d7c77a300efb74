package org.atelier.hub;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.atelier.api.AtelierException;
import org.atelier.api.AtelierException.Code;
import org.atelier.api.model.KnownModel;
import org.atelier.api.model.ModelHub;
import org.atelier.api.model.PullListener;
import org.atelier.api.model.PullRequest;
import org.atelier.models.library.HubCache;
import org.atelier.models.library.HubFile;
import org.atelier.models.library.HubName;
import org.atelier.models.library.ModelTable;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** A client of the Hugging Face Hub. Runs one pull at a time and opens connections only during a pull. */
@Component
public final class HubClient implements ModelHub {

    private final Map<String, String> environment;
    private final Path home;
    private final Supplier<ModelTable> table;
    private final CancellableSleep sleep;

    /** @param context its property {@code atelier.home} is the folder of the distribution, which contains the table of models */
    @Activate
    public HubClient(BundleContext context) {
        this(
                System.getenv(),
                Path.of(System.getProperty("user.home")),
                () -> ModelTable.in(Path.of(String.valueOf(context.getProperty("atelier.home")))),
                new CancellableSleep());
    }

    /**
     * @param environment read at each pull, so that an invalid variable is reported there
     * @param table read at each pull for the same reason
     */
    HubClient(Map<String, String> environment, Path home, Supplier<ModelTable> table, CancellableSleep sleep) {
        this.environment = Map.copyOf(environment);
        this.home = home;
        this.table = table;
        this.sleep = sleep;
    }

    @Override
    public synchronized Path pull(PullRequest request, PullListener listener) {
        HubName name = hubName(request.name());
        HubSettings settings = HubSettings.of(environment, home);
        Optional<HubFile> single = table.get().hubFile(request.name());
        if (settings.offline()) {
            return single.isPresent()
                    ? cached(single.get(), settings.cache().find(single.get()), listener)
                    : cached(name, settings.cache().find(name), listener);
        }
        Optional<ModelTable.Entry> entry = table.get().find(request.name());
        List<String> graphs = entry.map(ModelTable.Entry::graphs).orElse(List.of());
        boolean tokenizer = entry.filter(found -> found.kind().equals(TokenizerSelection.KIND))
                .isPresent();
        try (HubConnection connection = new HubConnection(settings)) {
            RemoteModel model = new Listing(connection, settings, sleep).of(name, listener);
            Pull pull = new Pull(connection, settings, sleep, model, listener);
            if (single.isPresent()) {
                SingleFileSelection.requireNoVariant(request);
                String path = single.get().path();
                return pull.run(new SingleFileSelection(name, path)).resolve(path);
            }
            return tokenizer ? pull.run(new TokenizerSelection()) : pull.run(request, graphs);
        } catch (IOException e) {
            throw cacheFailure(settings.cache(), e);
        }
    }

    private static Path cached(Object name, Optional<Path> found, PullListener listener) {
        Path path = found.orElseThrow(() -> new AtelierException(
                Code.SERVICE_UNREACHABLE,
                name + " is not installed and HF_HUB_OFFLINE disables downloads: unset HF_HUB_OFFLINE."));
        listener.noted("HF_HUB_OFFLINE is set: using the cached files of " + name + ".");
        return path;
    }

    @Override
    public List<KnownModel> known() {
        return table.get().entries().stream()
                .map(entry -> new KnownModel(
                        entry.name(),
                        entry.kind(),
                        entry.hubName().repository(),
                        entry.hubName().revision()))
                .toList();
    }

    @Override
    public List<String> verify(String name, PullListener listener) {
        HubName hubName = hubName(name);
        HubCache cache = HubCache.of(environment, home);
        String commit = cache.find(hubName)
                .flatMap(folder -> cache.commit(hubName))
                .orElseThrow(() -> new AtelierException(
                        Code.MODEL_NOT_FOUND,
                        "There is no model \"" + name + "\" in the hub's cache: download it with \"atelier models pull "
                                + name + "\"."));
        try {
            return new Verification(cache, hubName.repository(), commit, listener).faults();
        } catch (IOException e) {
            throw cacheFailure(cache, e);
        }
    }

    private HubName hubName(String name) {
        return table.get()
                .hubName(name)
                .orElseThrow(() -> new AtelierException(
                        Code.INVALID_REQUEST,
                        "\"%s\" is not the name of a model: give org/name, org/name@revision, org/name:file.safetensors or one of %s."
                                .formatted(
                                        name.replaceAll("\\p{Cntrl}", "?"),
                                        table.get().entries().stream()
                                                .map(ModelTable.Entry::name)
                                                .collect(Collectors.joining(", ")))));
    }

    private static AtelierException cacheFailure(HubCache cache, IOException cause) {
        String reason = String.valueOf(cause.getMessage());
        boolean full = reason.toLowerCase(Locale.ROOT).contains("no space left");
        return new AtelierException(
                Code.OUTPUT_UNWRITABLE,
                full
                        ? "The disk of " + cache.folder() + " is full: free some space and pull again to resume."
                        : "The cache " + cache.folder() + " cannot be used: " + reason
                                + "; check its permissions, or set HF_HUB_CACHE to another folder.",
                cause);
    }
}
