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

/** Reads the ranges of options from a bundle's metatype files, because the Metatype Service does not expose them. */
final class MetatypeRanges {

    private MetatypeRanges() {}

    /**
     * Returns the ranges by option id.
     *
     * @param definition id of the object class definition
     */
    static Map<String, OptionRange> of(Bundle bundle, String definition) {
        Map<String, OptionRange> ranges = new LinkedHashMap<>();
        Enumeration<URL> files = bundle.findEntries("OSGI-INF/metatype", "*.xml", false);
        while (files != null && files.hasMoreElements()) {
            NodeList classes = parse(files.nextElement()).getElementsByTagName("OCD");
            for (int i = 0; i < classes.getLength(); i++) {
                Element described = (Element) classes.item(i);
                if (described.getAttribute("id").equals(definition)) {
                    NodeList options = described.getElementsByTagName("AD");
                    for (int j = 0; j < options.getLength(); j++) {
                        Element option = (Element) options.item(j);
                        OptionRange range = new OptionRange(option.getAttribute("min"), option.getAttribute("max"));
                        ranges.put(option.getAttribute("id"), range);
                    }
                }
            }
        }
        return ranges;
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
