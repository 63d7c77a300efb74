package org.atelier.doctor.components;

import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;
import org.atelier.doctor.Cause;
import org.atelier.doctor.Findings;
import org.atelier.doctor.HealthDoctor;
import org.atelier.doctor.TimeLimited;
import org.atelier.doctor.bundles.DeployFolder;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.component.runtime.dto.ComponentConfigurationDTO;
import org.osgi.service.component.runtime.dto.ComponentDescriptionDTO;
import org.osgi.service.component.runtime.dto.UnsatisfiedReferenceDTO;

/**
 * Checks that every component of declarative services is satisfied and that its constructor succeeds. Nothing else reports
 * this: an unsatisfied component is silent, and one that failed once still provides its service.
 */
@Component(property = {HealthCheck.NAME + "=components", HealthCheck.TAGS + "=" + HealthDoctor.TAG})
public final class Components implements HealthCheck {

    /** The time limit of a constructor. */
    private static final Duration START = Duration.ofSeconds(10);

    private static final String REQUIRE = "require";

    /** The message of declarative services for a component whose constructor was not called. */
    private static final String DEPENDENCY_FAULT = "Unable to get service for reference";

    private final BundleContext context;
    private final ServiceComponentRuntime runtime;
    private final MissingServices missing;
    private final DeployFolder deploy;

    @Activate
    public Components(BundleContext context, @Reference ServiceComponentRuntime runtime) {
        this.context = context;
        this.runtime = runtime;
        this.missing = new MissingServices(context, runtime);
        this.deploy = DeployFolder.of(context);
    }

    @Override
    public Result execute() {
        Findings findings = new Findings();
        Collection<ComponentDescriptionDTO> components = runtime.getComponentDescriptionDTOs();
        for (ComponentDescriptionDTO component : components) {
            Bundle bundle = context.getBundle(component.bundle.id);
            if (bundle != null && bundle.getState() != Bundle.STOPPING) {
                examine(component, bundle, findings);
            }
        }
        findings.fine("declarative services", components.size() + " components were looked at.");
        return findings.result();
    }

    private void examine(ComponentDescriptionDTO component, Bundle bundle, Findings findings) {
        String name = name(component, bundle);
        if (component.factory != null) {
            missing.of(component).forEach(service -> unsatisfied(name, service, findings));
            return;
        }
        Collection<ComponentConfigurationDTO> instances = runtime.getComponentConfigurationDTOs(component);
        for (ComponentConfigurationDTO configuration : instances) {
            switch (configuration.state) {
                case ComponentConfigurationDTO.UNSATISFIED_REFERENCE -> {
                    for (UnsatisfiedReferenceDTO reference : configuration.unsatisfiedReferences) {
                        missing.of(component, reference.name)
                                .ifPresent(service -> unsatisfied(name, service, findings));
                    }
                }
                case ComponentConfigurationDTO.FAILED_ACTIVATION ->
                    failed(name, Cause.of(configuration.failure), findings);
                case ComponentConfigurationDTO.SATISFIED -> {
                    if (deploy.holds(bundle)) {
                        attempt(component, configuration, name, findings);
                    }
                }
                default -> {
                    // The component is active, or has no configuration, which is reported below.
                }
            }
        }
        if (instances.isEmpty() && REQUIRE.equals(component.configurationPolicy)) {
            findings.warning(
                    name,
                    "It waits for a configuration.",
                    "Give it config/%s.cfg.".formatted(component.configurationPid[0]));
        }
    }

    /** Gets the service of a deployed component that is not used yet, to see whether its constructor fails. */
    private void attempt(
            ComponentDescriptionDTO component,
            ComponentConfigurationDTO configuration,
            String name,
            Findings findings) {
        Optional<ServiceReference<?>> service = service(configuration);
        if (service.isEmpty()) {
            return;
        }
        try {
            boolean instances = new TimeLimited(START).run("start of " + name, () -> isCreated(service.get()));
            if (!instances) {
                runtime.getComponentConfigurationDTOs(component).stream()
                        .filter(now -> now.id == configuration.id && now.failure != null)
                        .findFirst()
                        .ifPresentOrElse(
                                now -> failed(name, Cause.of(now.failure), findings),
                                () -> failed(name, "the log says why", findings));
            }
        } catch (ExecutionException e) {
            failed(name, Cause.of(e.getCause()), findings);
        } catch (TimeoutException e) {
            failed(name, "it was not ready after %d s".formatted(START.toSeconds()), findings);
        }
    }

    private boolean isCreated(ServiceReference<?> reference) {
        Object service = context.getService(reference);
        if (service != null) {
            context.ungetService(reference);
        }
        return service != null;
    }

    private Optional<ServiceReference<?>> service(ComponentConfigurationDTO configuration) {
        if (configuration.service == null) {
            return Optional.empty();
        }
        try {
            ServiceReference<?>[] found = context.getAllServiceReferences(
                    null, "(" + Constants.SERVICE_ID + "=" + configuration.service.id + ")");
            return found == null ? Optional.empty() : Arrays.stream(found).findFirst();
        } catch (InvalidSyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void unsatisfied(String name, MissingServices.Missing service, Findings findings) {
        findings.fault(name, "It needs %s, which is not available.".formatted(service.description()), service.remedy());
    }

    private static void failed(String name, String cause, Findings findings) {
        if (cause.contains(DEPENDENCY_FAULT)) {
            findings.fault(name, "A service that it needs does not start.", "See which other component failed.");
            return;
        }
        findings.fault(
                name,
                "Its constructor failed: %s.".formatted(cause),
                "If no setting is the cause, report it to the author of the bundle, or remove the bundle.");
    }

    private String name(ComponentDescriptionDTO component, Bundle bundle) {
        String from = deploy.file(bundle).map(DeployFolder::name).orElse(bundle.getSymbolicName());
        return component.name + " of " + from;
    }
}
