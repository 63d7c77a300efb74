package org.atelier.evaluation;

import java.util.Dictionary;
import java.util.Map;
import org.atelier.api.Plugins;
import org.osgi.framework.Bundle;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceReference;

/** A reference to a plugin's factory, as the framework hands it out. */
record NamedReference(String name) implements ServiceReference<Object> {

    @Override
    public Object getProperty(String key) {
        return getProperties().get(key);
    }

    @Override
    public String[] getPropertyKeys() {
        return new String[] {Plugins.NAME};
    }

    @Override
    public Bundle getBundle() {
        return null;
    }

    @Override
    public Bundle[] getUsingBundles() {
        return new Bundle[0];
    }

    @Override
    public boolean isAssignableTo(Bundle bundle, String className) {
        return true;
    }

    @Override
    public int compareTo(Object other) {
        return name.compareTo(((NamedReference) other).name);
    }

    @Override
    public Dictionary<String, Object> getProperties() {
        return FrameworkUtil.asDictionary(Map.of(Plugins.NAME, name));
    }

    @Override
    public <A> A adapt(Class<A> type) {
        return null;
    }
}
