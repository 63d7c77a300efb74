# The linear layer through oneDNN, which is twice as fast as MKL on processors that MKL does not favour.
class OneDnn(Module):
  __parameters__ = []
  __buffers__ = []
  training : bool

  def linear(self: __torch__.OneDnn, x: Tensor, weight: Tensor, bias: Optional[Tensor]=None) -> Tensor:
    return ops.mkldnn._linear_pointwise(x, weight, bias, "none", [], "")
