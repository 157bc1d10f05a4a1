package io.isospin.linux;

import io.isospin.linux.kernel.Kernel;

class LinuxKernelContractTest extends KernelContract {
    @Override
    Kernel open() {
        return Scratch.realKernel();
    }
}
