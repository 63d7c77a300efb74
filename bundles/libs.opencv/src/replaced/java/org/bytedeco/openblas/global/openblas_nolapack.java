package org.bytedeco.openblas.global;

/** As {@link openblas}, for the bindings without LAPACK. */
public final class openblas_nolapack {

    private openblas_nolapack() {}
}
