package org.atelier.doctor.components;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.component.runtime.dto.ComponentDescriptionDTO;
import org.osgi.service.component.runtime.dto.ReferenceDTO;

/** Finds the services that components need and nothing provides. */
final class MissingServices {

    private final BundleContext context;
    private final ServiceComponentRuntime runtime;

    /**
     * A service that a component needs.
     *
     * @param provider the name of a component that would provide it but is not ready itself; empty if there is none
     */
    record Missing(String type, String target, Optional<String> provider) {

        String description() {
            return "the service " + type + (target.isEmpty() ? "" : " with " + target);
        }

        String remedy() {
            return provider.map(name -> name + " would provide it but is not ready itself: see what it lacks.")
                    .orElse("Deploy a bundle that provides it, or remove this one.");
        }
    }

    MissingServices(BundleContext context, ServiceComponentRuntime runtime) {
        this.context = context;
        this.runtime = runtime;
    }

    /** Returns the missing services of a component factory, which has no component configuration to query. */
    List<Missing> of(ComponentDescriptionDTO component) {
        return Arrays.stream(component.references)
                .filter(reference -> reference.cardinality.startsWith("1"))
                .filter(reference -> !isAvailable(reference))
                .map(this::missing)
                .toList();
    }

    /** @param name the name of the reference */
    Optional<Missing> of(ComponentDescriptionDTO component, String name) {
        return Arrays.stream(component.references)
                .filter(reference -> reference.name.equals(name))
                .findFirst()
                .map(this::missing);
    }

    private Missing missing(ReferenceDTO reference) {
        return new Missing(
                reference.interfaceName, reference.target == null ? "" : reference.target, provider(reference));
    }

    private Optional<String> provider(ReferenceDTO reference) {
        return runtime.getComponentDescriptionDTOs().stream()
                .filter(component -> component.factory == null)
                .filter(component -> Arrays.asList(component.serviceInterfaces).contains(reference.interfaceName))
                .map(component -> component.name)
                .findFirst();
    }

    private boolean isAvailable(ReferenceDTO reference) {
        try {
            return context.getAllServiceReferences(reference.interfaceName, reference.target) != null;
        } catch (InvalidSyntaxException e) {
            return false;
        }
    }
}
