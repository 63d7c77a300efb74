package org.bytedeco.openblas.global;

/**
 * In place of OpenBLAS's bindings, which JavaCPP initializes before OpenCV's: theirs would load a native library of 24 MB
 * that no caller of OpenCV uses. OpenBLAS itself is loaded with OpenCV, whose own properties inherit its name.
 */
public final class openblas {

    private openblas() {}
}
