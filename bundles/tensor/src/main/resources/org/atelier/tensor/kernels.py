# The computations that DJL's PyTorch engine lacks, in TorchScript. Shapes are told in TorchKernels.java.
class Kernels(Module):
  __parameters__ = []
  __buffers__ = []
  training : bool

  # ---- layers ----------------------------------------------------------------------------------------------------

  def linear(self: __torch__.Kernels, x: Tensor, weight: Tensor, bias: Optional[Tensor]=None) -> Tensor:
    return torch.linear(x, weight, bias)

  def conv2d(self: __torch__.Kernels, x: Tensor, weight: Tensor, bias: Tensor, stride: int, padding: int) -> Tensor:
    return torch.conv2d(x, weight, bias, [stride, stride], [padding, padding])

  def group_norm(self: __torch__.Kernels, x: Tensor, groups: int, weight: Tensor, bias: Tensor, eps: float) -> Tensor:
    return torch.group_norm(x, groups, weight, bias, eps, False)

  def layer_norm(self: __torch__.Kernels, x: Tensor, weight: Tensor, bias: Tensor, eps: float) -> Tensor:
    return torch.layer_norm(x, torch.size(weight), weight, bias, eps)

  def embedding(self: __torch__.Kernels, ids: Tensor, weight: Tensor) -> Tensor:
    return torch.embedding(weight, ids)

  def silu(self: __torch__.Kernels, x: Tensor) -> Tensor:
    return torch.silu(x)

  def gelu(self: __torch__.Kernels, x: Tensor) -> Tensor:
    return torch.gelu(x)

  def quick_gelu(self: __torch__.Kernels, x: Tensor) -> Tensor:
    return torch.mul(x, torch.sigmoid(torch.mul(x, 1.702)))

  # Gated GELU: the first half of the channels times GELU of the second half.
  def geglu(self: __torch__.Kernels, x: Tensor) -> Tensor:
    halves = torch.chunk(x, 2, -1)
    return torch.mul(torch.gelu(halves[1]), halves[0])

  def upsample(self: __torch__.Kernels, x: Tensor, height: int, width: int) -> Tensor:
    return torch.upsample_nearest2d(x, [height, width])

  def pad(self: __torch__.Kernels, x: Tensor, left: int, right: int, top: int, bottom: int) -> Tensor:
    return torch.constant_pad_nd(x, [left, right, top, bottom], 0)

  # ---- group normalisation shared with a reference ---------------------------------------------------------------

  # Mean and biased variance of each image and group, stacked.
  def group_moments(self: __torch__.Kernels, x: Tensor, groups: int) -> Tensor:
    b, c, h, w, = torch.size(x)
    grouped = torch.reshape(torch.to(x, 6), [b, groups, torch.floordiv(c, groups), h, w])
    variance, mean, = torch.var_mean(grouped, [2, 3, 4], False, False)
    return torch.stack([mean, variance])

  # Normalises by the moments of image and reference together, as if both were one image of twice the height.
  def shared_group_norm(self: __torch__.Kernels, x: Tensor, reference: Tensor, groups: int, weight: Tensor, bias: Tensor, eps: float) -> Tensor:
    c = torch.size(x, 1)
    own = (self).group_moments(x, groups)
    mean = torch.mul(torch.add(own[0], reference[0]), 0.5)
    apart = torch.mul(torch.sub(own[0], reference[0]), 0.5)
    variance = torch.add(torch.mul(torch.add(own[1], reference[1]), 0.5), torch.mul(apart, apart))
    rate = torch.unsqueeze(torch.rsqrt(torch.add(variance, eps)), 2)
    gain = torch.reshape(torch.to(weight, 6), [1, groups, torch.floordiv(c, groups)])
    scale = torch.mul(rate, gain)
    offset = torch.sub(torch.reshape(torch.to(bias, 6), [1, groups, torch.floordiv(c, groups)]), torch.mul(torch.unsqueeze(mean, 2), scale))
    scale4 = torch.type_as(torch.reshape(scale, [-1, c, 1, 1]), x)
    offset4 = torch.type_as(torch.reshape(offset, [-1, c, 1, 1]), x)
    return torch.addcmul(offset4, x, scale4)

  # ---- attention -------------------------------------------------------------------------------------------------

  def split_heads(self: __torch__.Kernels, x: Tensor, heads: int) -> Tensor:
    b, n, c, = torch.size(x)
    return torch.transpose(torch.reshape(x, [b, n, heads, torch.floordiv(c, heads)]), 1, 2)

  def merge_heads(self: __torch__.Kernels, x: Tensor) -> Tensor:
    b, h, n, d, = torch.size(x)
    return torch.reshape(torch.transpose(x, 1, 2), [b, n, torch.mul(h, d)])

  def attention(self: __torch__.Kernels, q: Tensor, k: Tensor, v: Tensor, causal: bool) -> Tensor:
    return torch.scaled_dot_product_attention(q, k, v, None, 0., causal)

  # All parts under one softmax, by joining them: the oracle for merging by log-sum-exp, and what is used without it.
  def attend_joined(self: __torch__.Kernels, q: Tensor, keys: List[Tensor], values: List[Tensor], shifts: List[float]) -> Tensor:
    b = torch.size(q, 0)
    ks = annotate(List[Tensor], [])
    vs = annotate(List[Tensor], [])
    masks = annotate(List[Tensor], [])
    shifted = False
    for i in range(torch.len(keys)):
      k = keys[i]
      _0 = torch.append(ks, torch.expand(k, [b, -1, -1, -1]))
      _1 = torch.append(vs, torch.expand(values[i], [b, -1, -1, -1]))
      _2 = torch.append(masks, torch.new_full(k, [1, 1, 1, torch.size(k, 2)], shifts[i]))
      if torch.ne(shifts[i], 0.):
        shifted = True
      else:
        pass
    key = torch.cat(ks, 2)
    value = torch.cat(vs, 2)
    if shifted:
      mask = torch.expand(torch.cat(masks, 3), [b, 1, torch.size(q, 2), torch.size(key, 2)])
      joined = torch.scaled_dot_product_attention(q, key, value, mask, 0., False)
    else:
      joined = torch.scaled_dot_product_attention(q, key, value, None, 0., False)
    return joined

  # Adaptive instance normalisation over tokens: unbiased variance, epsilon 1e-5.
  def adain(self: __torch__.Kernels, x: Tensor, reference: Tensor) -> Tensor:
    variance, mean, = torch.var_mean(x, [2], True, True)
    reference_variance, reference_mean, = torch.var_mean(reference, [2], True, True)
    scale = torch.sqrt(torch.div(torch.add(reference_variance, 1.0000000000000001e-05), torch.add(variance, 1.0000000000000001e-05)))
    return torch.addcmul(torch.sub(reference_mean, torch.mul(mean, scale)), x, scale)

  # ---- numbers ---------------------------------------------------------------------------------------------------

  # [cos | sin] of each value at channels/2 frequencies, or [sin | cos].
  def sinusoid(self: __torch__.Kernels, values: Tensor, channels: int, cosine_first: bool, shift: float) -> Tensor:
    half = torch.floordiv(channels, 2)
    steps = torch.arange(half, dtype=6, layout=None, device=torch.device("cpu"), pin_memory=False)
    exponent = torch.div(torch.mul(steps, -9.2103403719761836), torch.sub(half, shift))
    frequency = torch.to(torch.exp(exponent), values)
    angle = torch.mul(torch.unsqueeze(values, 1), torch.unsqueeze(frequency, 0))
    if cosine_first:
      embedding = torch.cat([torch.cos(angle), torch.sin(angle)], 1)
    else:
      embedding = torch.cat([torch.sin(angle), torch.cos(angle)], 1)
    return embedding

  # Standard normal noise of a CPU generator, the same on any machine and device.
  def noise(self: __torch__.Kernels, seed: int, shape: List[int]) -> Tensor:
    generator = torch.Generator(device=torch.device("cpu"), seed=seed)
    return torch.randn(shape, generator=generator, dtype=6, layout=None, device=torch.device("cpu"), pin_memory=False)

  def cast(self: __torch__.Kernels, x: Tensor, scalar_type: int) -> Tensor:
    return torch.to(x, scalar_type)

  def move(self: __torch__.Kernels, x: Tensor, device: str) -> Tensor:
    return torch.to(x, torch.device(device))

  # bfloat16 that was mapped as float16, since the engine's Java side knows no bfloat16.
  def bfloat16_bits(self: __torch__.Kernels, x: Tensor) -> Tensor:
    return torch.view_copy(x, dtype=15)

  def channels_last(self: __torch__.Kernels, x: Tensor) -> Tensor:
    return torch.contiguous(x, memory_format=2)

  def contiguous(self: __torch__.Kernels, x: Tensor) -> Tensor:
    return torch.contiguous(x, memory_format=0)

  # (1, 3, height, width) in [-1, 1] to (height, width, 3) bytes.
  def pixels(self: __torch__.Kernels, x: Tensor) -> Tensor:
    unit = torch.clamp(torch.add(torch.div(torch.to(x, 6), 2), 0.5), 0, 1)
    return torch.contiguous(torch.permute(torch.to(torch.round(torch.mul(unit, 255)), 0)[0], [1, 2, 0]), memory_format=0)
