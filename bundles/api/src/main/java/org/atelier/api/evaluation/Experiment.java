package org.atelier.api.evaluation;

/** Which variants of a request an evaluation compares. */
public enum Experiment {
    /**
     * The method and its parts (Hertz et al. 2024, section 5): without alignment, with full attention sharing, with
     * shared attention but no AdaIN, and the full method. The request's attention strategy is ignored; it must not have
     * references.
     */
    ABLATION,
    /**
     * The published table (Hertz et al. 2024, table 1): without alignment, and with the request's attention strategy. It
     * must not have references.
     */
    TABLE,
    /**
     * Every installed blend of two references with weights of 0.1 to 0.9, and each reference alone. The request must
     * have two references; its blend and their weights are ignored.
     */
    BLENDS
}
