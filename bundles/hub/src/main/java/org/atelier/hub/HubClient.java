package org.atelier.hub;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.atelier.api.AtelierException;
import org.atelier.api.AtelierException.Code;
import org.atelier.api.model.KnownModel;
import org.atelier.api.model.ModelHub;
import org.atelier.api.model.PullListener;
import org.atelier.api.model.PullRequest;
import org.atelier.models.library.HubCache;
import org.atelier.models.library.HubName;
import org.atelier.models.library.ModelTable;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** The hub of models as huggingface_hub knows it. One pull at a time; what it needs of the network is opened and closed with it. */
@Component
public final class HubClient implements ModelHub {

    private final Map<String, String> environment;
    private final Path home;
    private final Supplier<ModelTable> table;
    private final Patience patience;

    /** @param context its property {@code atelier.home} says where the distribution and its table of models lie */
    @Activate
    public HubClient(BundleContext context) {
        this(
                System.getenv(),
                Path.of(System.getProperty("user.home")),
                () -> ModelTable.in(Path.of(String.valueOf(context.getProperty("atelier.home")))),
                new Patience());
    }

    /**
     * @param environment its variables are read at each pull, so that a wrong one is reported where it matters
     * @param table read at each pull for the same reason
     */
    HubClient(Map<String, String> environment, Path home, Supplier<ModelTable> table, Patience patience) {
        this.environment = Map.copyOf(environment);
        this.home = home;
        this.table = table;
        this.patience = patience;
    }

    @Override
    public synchronized Path pull(PullRequest request, PullListener listener) {
        HubName name = hubName(request.name());
        HubSettings settings = HubSettings.of(environment, home);
        if (settings.offline()) {
            return here(name, settings.cache(), listener);
        }
        List<String> graphs =
                table.get().find(request.name()).map(ModelTable.Entry::graphs).orElse(List.of());
        try (HubConnection connection = new HubConnection(settings)) {
            RemoteModel model = new Listing(connection, settings, patience).of(name, listener);
            return new Pull(connection, settings, patience, model, listener).run(request, graphs);
        } catch (IOException e) {
            throw unwritable(settings.cache(), e);
        }
    }

    private static Path here(HubName name, HubCache cache, PullListener listener) {
        Path folder = cache.find(name)
                .orElseThrow(() -> new AtelierException(
                        Code.SERVICE_UNREACHABLE,
                        name + " is not here and HF_HUB_OFFLINE forbids to fetch it: unset HF_HUB_OFFLINE."));
        listener.noted("HF_HUB_OFFLINE is set: what is here of " + name + " is taken as it is.");
        return folder;
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
                        "There is no model \"" + name + "\" in the hub's cache: fetch it with \"atelier models pull "
                                + name + "\"."));
        try {
            return new Verification(cache, hubName.repository(), commit, listener).faults();
        } catch (IOException e) {
            throw unwritable(cache, e);
        }
    }

    private HubName hubName(String name) {
        return table.get()
                .hubName(name)
                .orElseThrow(() -> new AtelierException(
                        Code.INVALID_REQUEST,
                        "\"%s\" is not a model of the hub: write org/name, org/name@revision or one of %s."
                                .formatted(
                                        name.replaceAll("\\p{Cntrl}", "?"),
                                        table.get().entries().stream()
                                                .map(ModelTable.Entry::name)
                                                .collect(Collectors.joining(", ")))));
    }

    private static AtelierException unwritable(HubCache cache, IOException cause) {
        String reason = String.valueOf(cause.getMessage());
        boolean full = reason.toLowerCase(Locale.ROOT).contains("no space left");
        return new AtelierException(
                Code.OUTPUT_UNWRITABLE,
                full
                        ? "The disk of " + cache.folder()
                                + " is full: make room and pull again; it continues where it was."
                        : "The cache " + cache.folder() + " cannot be used: " + reason
                                + "; see to its rights, or set HF_HUB_CACHE to a folder elsewhere.",
                cause);
    }
}
