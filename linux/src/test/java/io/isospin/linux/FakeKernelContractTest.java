package io.isospin.linux;

import io.isospin.linux.fake.FakeKernel;
import io.isospin.linux.kernel.Kernel;

class FakeKernelContractTest extends KernelContract {
    @Override
    Kernel open() {
        return new FakeKernel(false);
    }
}
