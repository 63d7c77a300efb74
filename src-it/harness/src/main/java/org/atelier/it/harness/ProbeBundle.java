package org.atelier.it.harness;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.osgi.framework.Constants;

/** A bundle of test classes that imports packages dynamically. */
final class ProbeBundle {

    private ProbeBundle() {}

    /** @param classes with the classes that are declared in them */
    static InputStream of(String symbolicName, List<Class<?>> classes) throws IOException {
        return of(symbolicName, "0", Map.of(), classes);
    }

    /**
     * @param components component XML of Declarative Services by file name
     * @param classes with the classes that are declared in them
     */
    static InputStream of(String symbolicName, String version, Map<String, String> components, List<Class<?>> classes)
            throws IOException {
        Manifest manifest = new Manifest();
        Attributes headers = manifest.getMainAttributes();
        headers.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        headers.putValue(Constants.BUNDLE_MANIFESTVERSION, "2");
        headers.putValue(Constants.BUNDLE_SYMBOLICNAME, symbolicName);
        headers.putValue(Constants.BUNDLE_VERSION, version);
        headers.putValue(Constants.DYNAMICIMPORT_PACKAGE, "*");
        if (!components.isEmpty()) {
            headers.putValue(
                    Constants.REQUIRE_CAPABILITY,
                    "osgi.extender;filter:=\"(&(osgi.extender=osgi.component)(version>=1.4))\"");
            headers.putValue("Service-Component", String.join(",", components.keySet()));
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JarOutputStream jar = new JarOutputStream(bytes, manifest)) {
            for (Map.Entry<String, String> component : components.entrySet()) {
                jar.putNextEntry(new JarEntry(component.getKey()));
                jar.write(component.getValue().getBytes(StandardCharsets.UTF_8));
            }
            Deque<Class<?>> toWrite = new ArrayDeque<>(classes);
            while (!toWrite.isEmpty()) {
                Class<?> next = toWrite.pop();
                write(next, jar);
                toWrite.addAll(List.of(next.getDeclaredClasses()));
            }
        }
        return new ByteArrayInputStream(bytes.toByteArray());
    }

    private static void write(Class<?> type, JarOutputStream jar) throws IOException {
        String classFile = type.getName().replace('.', '/') + ".class";
        try (InputStream code = type.getClassLoader().getResourceAsStream(classFile)) {
            jar.putNextEntry(new JarEntry(classFile));
            code.transferTo(jar);
        }
    }
}
