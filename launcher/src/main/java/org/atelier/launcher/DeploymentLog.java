package org.atelier.launcher;

/** Where a deployment is reported, on any thread. */
interface DeploymentLog {

    /** Reports a jar that is left out, or another fault, in one line. */
    void warn(String fault);

    /** Reports what was installed, replaced or removed, in one line. */
    void note(String change);
}
