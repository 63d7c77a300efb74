# The linear layer through oneDNN, which is twice as fast as MKL on processors that MKL does not favour. In half
# precision PyTorch takes oneDNN by itself, where the processor can: asked for directly it fails where it cannot.
class OneDnn(Module):
  __parameters__ = []
  __buffers__ = []
  training : bool

  def linear(self: __torch__.OneDnn, x: Tensor, weight: Tensor, bias: Optional[Tensor]=None) -> Tensor:
    if torch.eq(ops.prim.dtype(x), 6):
      mapped = ops.mkldnn._linear_pointwise(x, weight, bias, "none", [], "")
    else:
      mapped = torch.linear(x, weight, bias)
    return mapped
