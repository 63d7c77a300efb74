# Operations that DJL's PyTorch engine lacks, in TorchScript. Shapes are documented in TorchKernels.java.
class Kernels(Module):
  __parameters__ = []
  __buffers__ = []
  training : bool

  # ---- layers ----------------------------------------------------------------------------------------------------

  def linear(self: __torch__.Kernels, x: Tensor, weight: Tensor, bias: Optional[Tensor]=None) -> Tensor:
    return torch.linear(x, weight, bias)

  def conv2d(self: __torch__.Kernels, x: Tensor, weight: Tensor, bias: Tensor, stride: int, padding: int) -> Tensor:
    return torch.conv2d(x, weight, bias, [stride, stride], [padding, padding])

  # The operator is slow for channels-last tensors with a small feature map.
  def group_norm(self: __torch__.Kernels, x: Tensor, groups: int, weight: Tensor, bias: Tensor, eps: float) -> Tensor:
    if torch.lt(torch.mul(torch.size(x, 2), torch.size(x, 3)), 1024):
      moments = (self).group_moments(x, groups)
      normalised = (self).normalise(x, moments[0], moments[1], groups, weight, bias, eps)
    else:
      normalised = torch.group_norm(x, groups, weight, bias, eps, False)
    return normalised

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

  # Mean and biased variance of each image and group, stacked. Channels-last tensors are averaged separately.
  def group_moments(self: __torch__.Kernels, x: Tensor, groups: int) -> Tensor:
    b, c, h, w, = torch.size(x)
    of_group = [b, groups, torch.floordiv(c, groups)]
    pixels = torch.reshape(torch.permute(torch.to(x, 6), [0, 2, 3, 1]), [b, torch.mul(h, w), c])
    mean = torch.mean(torch.reshape(torch.mean(pixels, [1]), of_group), [2], True)
    centred = torch.sub(pixels, torch.reshape(torch.expand(mean, of_group), [b, 1, c]))
    variance = torch.mean(torch.reshape(torch.mean(torch.mul(centred, centred), [1]), of_group), [2], True)
    return torch.squeeze(torch.stack([mean, variance]), 3)

  # Normalises each image and group, then applies the layer's scale and offset.
  def normalise(self: __torch__.Kernels, x: Tensor, mean: Tensor, variance: Tensor, groups: int, weight: Tensor, bias: Tensor, eps: float) -> Tensor:
    c = torch.size(x, 1)
    of_group = [1, groups, torch.floordiv(c, groups)]
    rate = torch.unsqueeze(torch.rsqrt(torch.add(variance, eps)), 2)
    scale = torch.mul(rate, torch.reshape(torch.to(weight, 6), of_group))
    offset = torch.sub(torch.reshape(torch.to(bias, 6), of_group), torch.mul(torch.unsqueeze(mean, 2), scale))
    scale4 = torch.type_as(torch.reshape(scale, [-1, c, 1, 1]), x)
    offset4 = torch.type_as(torch.reshape(offset, [-1, c, 1, 1]), x)
    return torch.addcmul(offset4, x, scale4)

  # Normalises by the moments of image and reference together, as if both were one image; share is the reference's share
  # of the total area.
  def shared_group_norm(self: __torch__.Kernels, x: Tensor, reference: Tensor, share: float, groups: int, weight: Tensor, bias: Tensor, eps: float) -> Tensor:
    own = (self).group_moments(x, groups)
    rest = torch.sub(1., share)
    mean = torch.add(torch.mul(own[0], rest), torch.mul(reference[0], share))
    apart = torch.sub(own[0], reference[0])
    within = torch.add(torch.mul(own[1], rest), torch.mul(reference[1], share))
    variance = torch.add(within, torch.mul(torch.mul(apart, apart), torch.mul(share, rest)))
    return (self).normalise(x, mean, variance, groups, weight, bias, eps)

  # ---- attention -------------------------------------------------------------------------------------------------

  def split_heads(self: __torch__.Kernels, x: Tensor, heads: int) -> Tensor:
    b, n, c, = torch.size(x)
    return torch.transpose(torch.reshape(x, [b, n, heads, torch.floordiv(c, heads)]), 1, 2)

  def merge_heads(self: __torch__.Kernels, x: Tensor) -> Tensor:
    b, h, n, d, = torch.size(x)
    return torch.reshape(torch.transpose(x, 1, 2), [b, n, torch.mul(h, d)])

  def attention(self: __torch__.Kernels, q: Tensor, k: Tensor, v: Tensor, causal: bool) -> Tensor:
    return torch.scaled_dot_product_attention(q, k, v, None, 0., causal)

  # All parts under one softmax, by concatenation: the reference for merging by log-sum-exp, and its fallback.
  def attend(self: __torch__.Kernels, q: Tensor, keys: List[Tensor], values: List[Tensor], shifts: List[float]) -> Tensor:
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

  # The same with a bias for each token of some parts: (1 or image, token), and empty for a part without.
  def attend_biased(self: __torch__.Kernels, q: Tensor, keys: List[Tensor], values: List[Tensor], biases: List[float], token_biases: List[Tensor]) -> Tensor:
    b = torch.size(q, 0)
    ks = annotate(List[Tensor], [])
    vs = annotate(List[Tensor], [])
    masks = annotate(List[Tensor], [])
    for i in range(torch.len(keys)):
      k = keys[i]
      _0 = torch.append(ks, torch.expand(k, [b, -1, -1, -1]))
      _1 = torch.append(vs, torch.expand(values[i], [b, -1, -1, -1]))
      bias = torch.new_full(k, [b, torch.size(k, 2)], biases[i])
      if torch.gt(torch.numel(token_biases[i]), 0):
        mask = torch.add(bias, torch.clamp_min(torch.type_as(token_biases[i], k), -10000.))
      else:
        mask = bias
      _2 = torch.append(masks, mask)
    mask4 = torch.unsqueeze(torch.unsqueeze(torch.cat(masks, 1), 1), 1)
    key = torch.cat(ks, 2)
    mask = torch.expand(mask4, [b, 1, torch.size(q, 2), torch.size(key, 2)])
    return torch.scaled_dot_product_attention(q, key, torch.cat(vs, 2), mask, 0., False)

  # Attention probabilities, in float32.
  def probabilities(self: __torch__.Kernels, q: Tensor, k: Tensor) -> Tensor:
    scale = torch.rsqrt(torch.new_full(q, [], torch.size(q, 3), dtype=6))
    scores = torch.matmul(torch.to(q, 6), torch.transpose(torch.to(k, 6), 2, 3))
    return torch.softmax(torch.mul(scores, scale), -1)

  # Standard deviation of each channel over tokens: unbiased variance, epsilon 1e-5.
  def deviation(self: __torch__.Kernels, centred: Tensor) -> Tensor:
    variance = torch.div(torch.sum(torch.mul(centred, centred), [2], True), torch.sub(torch.size(centred, 2), 1))
    return torch.sqrt(torch.add(variance, 1.0000000000000001e-05))

  # Adaptive instance normalisation over tokens.
  def adain(self: __torch__.Kernels, x: Tensor, reference: Tensor) -> Tensor:
    reference_mean = torch.mean(reference, [2], True)
    centred = torch.sub(x, torch.mean(x, [2], True))
    scale = torch.div((self).deviation(torch.sub(reference, reference_mean)), (self).deviation(centred))
    return torch.addcmul(reference_mean, centred, scale)

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

  # Standard normal noise of a CPU generator after skipping arrays of the shape; identical on any machine and device.
  def noise(self: __torch__.Kernels, seed: int, before: int, shape: List[int]) -> Tensor:
    generator = torch.Generator(device=torch.device("cpu"), seed=seed)
    noise = torch.randn(shape, generator=generator, dtype=6, layout=None, device=torch.device("cpu"), pin_memory=False)
    for i in range(before):
      noise = torch.randn(shape, generator=generator, dtype=6, layout=None, device=torch.device("cpu"), pin_memory=False)
    return noise

  def cast(self: __torch__.Kernels, x: Tensor, scalar_type: int) -> Tensor:
    return torch.to(x, scalar_type)

  def move(self: __torch__.Kernels, x: Tensor, device: str) -> Tensor:
    return torch.to(x, torch.device(device))

  # bfloat16 mapped as float16, because the engine's Java API does not support bfloat16.
  def bfloat16_bits(self: __torch__.Kernels, x: Tensor) -> Tensor:
    return torch.view_copy(x, dtype=15)

  def channels_last(self: __torch__.Kernels, x: Tensor) -> Tensor:
    return torch.contiguous(x, memory_format=2)

  def contiguous(self: __torch__.Kernels, x: Tensor) -> Tensor:
    return torch.contiguous(x, memory_format=0)

  # The smallest and the largest number; NaN if any number is.
  def extremes(self: __torch__.Kernels, x: Tensor) -> Tensor:
    least, most, = torch.aminmax(x)
    return torch.to(torch.stack([least, most]), 6)

  # (1, 3, height, width) in [-1, 1] to (height, width, 3) bytes.
  def pixels(self: __torch__.Kernels, x: Tensor) -> Tensor:
    unit = torch.clamp(torch.add(torch.div(torch.to(x, 6), 2), 0.5), 0, 1)
    return torch.contiguous(torch.permute(torch.to(torch.round(torch.mul(unit, 255)), 0)[0], [1, 2, 0]), memory_format=0)
