package org.atelier.doctor.configuration;

import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.service.cm.ManagedService;
import org.osgi.service.cm.ManagedServiceFactory;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.component.runtime.dto.ComponentDescriptionDTO;
import org.osgi.service.metatype.MetaTypeInformation;
import org.osgi.service.metatype.MetaTypeService;
import org.osgi.service.metatype.ObjectClassDefinition;

/** Finds the readers of configurations: components, managed services, and metatypes. */
final class ConfigurationReaders {

    private final BundleContext context;
    private final ServiceComponentRuntime components;
    private final MetaTypeService metaTypes;

    ConfigurationReaders(BundleContext context, ServiceComponentRuntime components, MetaTypeService metaTypes) {
        this.context = context;
        this.components = components;
        this.metaTypes = metaTypes;
    }

    /** Returns every PID, of single and factory configurations, that has a reader. */
    Set<String> pids() {
        Set<String> pids = new TreeSet<>(definitions().keySet());
        for (ComponentDescriptionDTO component : components.getComponentDescriptionDTOs()) {
            // The studio reads the configuration of a plugin by the name of its component.
            pids.add(component.name);
            pids.addAll(Arrays.asList(component.configurationPid));
        }
        pids.addAll(managedPids(ManagedService.class));
        pids.addAll(managedPids(ManagedServiceFactory.class));
        return pids;
    }

    /** Returns the metatype of a PID. */
    Optional<ObjectClassDefinition> definition(String pid) {
        return Optional.ofNullable(definitions().get(pid))
                .map(information -> information.getObjectClassDefinition(pid, null));
    }

    private Map<String, MetaTypeInformation> definitions() {
        Map<String, MetaTypeInformation> definitions = new LinkedHashMap<>();
        for (Bundle bundle : context.getBundles()) {
            MetaTypeInformation information = metaTypes.getMetaTypeInformation(bundle);
            if (information != null) {
                Stream.of(information.getPids(), information.getFactoryPids())
                        .flatMap(Arrays::stream)
                        .forEach(pid -> definitions.put(pid, information));
            }
        }
        return definitions;
    }

    private Set<String> managedPids(Class<?> type) {
        Set<String> pids = new TreeSet<>();
        try {
            ServiceReference<?>[] services = context.getAllServiceReferences(type.getName(), null);
            for (ServiceReference<?> service : services == null ? new ServiceReference<?>[0] : services) {
                Object pid = service.getProperty(Constants.SERVICE_PID);
                if (pid instanceof Collection<?> several) {
                    several.forEach(one -> pids.add(one.toString()));
                } else if (pid instanceof Object[] several) {
                    Arrays.stream(several).forEach(one -> pids.add(one.toString()));
                } else if (pid != null) {
                    pids.add(pid.toString());
                }
            }
        } catch (InvalidSyntaxException e) {
            throw new IllegalStateException(e);
        }
        return pids;
    }
}
