package org.atelier.requests;

import java.util.Map;
import org.atelier.api.set.ControlPicture;
import org.atelier.api.set.ControlRules;

/** Reads what a request file says of controls. */
final class ControlNodes {

    private ControlNodes() {}

    /** @param files finds the picture */
    static ControlPicture control(RequestNode node, NamedFiles files) {
        RequestKeys.OF_CONTROL.check(node);
        Map<String, RequestNode> members = node.members();
        if (!members.containsKey("kind") || !members.containsKey("file")) {
            throw node.fault("a control needs a kind and a file");
        }
        String sha256 = members.containsKey("sha256") ? members.get("sha256").text() : null;
        return new ControlPicture(
                members.get("kind").text(),
                files.reference(members.get("file"), sha256 != null),
                sha256,
                members.containsKey("options") ? RequestReader.options(members.get("options")) : Map.of(),
                members.containsKey("model") ? files.model(members.get("model")) : null,
                fraction(members, "scale", 1),
                fraction(members, "start", 0),
                fraction(members, "end", 1));
    }

    private static double fraction(Map<String, RequestNode> members, String key, double absent) {
        return members.containsKey(key) ? members.get(key).fraction() : absent;
    }

    /** @param members of the request */
    static ControlRules rules(Map<String, RequestNode> members) {
        return new ControlRules(
                members.containsKey("controlGuess")
                        && members.get("controlGuess").truth(),
                members.containsKey("controlReference")
                        && members.get("controlReference").truth(),
                members.containsKey("controlWords")
                        ? members.get("controlWords").text()
                        : ControlRules.DEFAULT.words());
    }
}
