package org.atelier.plugins.options;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.osgi.framework.Bundle;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** Reads the options of one object class definition from the metatype files of its bundle, the first time that one is needed. */
final class MetatypeFiles {

    private final Bundle bundle;
    private final String definition;
    private Map<String, OptionDeclaration> declarations;

    /** @param definition id of the object class definition */
    MetatypeFiles(Bundle bundle, String definition) {
        this.bundle = bundle;
        this.definition = definition;
    }

    /** @param option its id */
    synchronized OptionDeclaration declaration(String option) {
        if (declarations == null) {
            declarations = read(bundle, definition);
        }
        return declarations.getOrDefault(option, OptionDeclaration.NONE);
    }

    private static Map<String, OptionDeclaration> read(Bundle bundle, String definition) {
        Map<String, OptionDeclaration> declarations = new LinkedHashMap<>();
        Enumeration<URL> files = bundle.findEntries("OSGI-INF/metatype", "*.xml", false);
        while (files != null && files.hasMoreElements()) {
            NodeList classes = parse(files.nextElement()).getElementsByTagName("OCD");
            for (int i = 0; i < classes.getLength(); i++) {
                Element described = (Element) classes.item(i);
                if (described.getAttribute("id").equals(definition)) {
                    NodeList options = described.getElementsByTagName("AD");
                    for (int j = 0; j < options.getLength(); j++) {
                        Element option = (Element) options.item(j);
                        declarations.put(
                                option.getAttribute("id"),
                                new OptionDeclaration(
                                        option.getAttribute("min"),
                                        option.getAttribute("max"),
                                        option.getAttribute("default")));
                    }
                }
            }
        }
        return declarations;
    }

    private static Document parse(URL file) {
        try (InputStream content = file.openStream()) {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            return factory.newDocumentBuilder().parse(content);
        } catch (IOException | SAXException | ParserConfigurationException e) {
            throw new IllegalStateException("The metatype file cannot be parsed: " + file, e);
        }
    }
}
