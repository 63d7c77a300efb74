# The linear layer with oneDNN, which is twice as fast as MKL on processors that MKL is not optimised for. In half
# precision PyTorch selects oneDNN itself if the processor supports it; a direct call fails if it does not.
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
