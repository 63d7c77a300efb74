# Attention over several parts, each attended to separately and merged by log-sum-exp. Parts are not copied: the keys of
# one image are broadcast to a batch with stride 0. The operator is not public API, so it is probed at start.
class Merging(Module):
  __parameters__ = []
  __buffers__ = []
  training : bool

  def attend(self: __torch__.Merging, q: Tensor, keys: List[Tensor], values: List[Tensor], shifts: List[float]) -> Tensor:
    b = torch.size(q, 0)
    out, lse, = torch._scaled_dot_product_flash_attention_for_cpu(q, torch.expand(keys[0], [b, -1, -1, -1]), torch.expand(values[0], [b, -1, -1, -1]))
    merged = out
    total = torch.add(lse, shifts[0])
    for i in range(torch.sub(torch.len(keys), 1)):
      j = torch.add(i, 1)
      part, part_lse, = torch._scaled_dot_product_flash_attention_for_cpu(q, torch.expand(keys[j], [b, -1, -1, -1]), torch.expand(values[j], [b, -1, -1, -1]))
      shifted = torch.add(part_lse, shifts[j])
      weight = torch.type_as(torch.unsqueeze(torch.sigmoid(torch.sub(shifted, total)), -1), merged)
      merged = torch.lerp(merged, part, weight)
      total = torch.logaddexp(total, shifted)
    return merged

  # The same with a bias for each token of some parts: (1 or image, token), and empty for a part without.
  def attend_biased(self: __torch__.Merging, q: Tensor, keys: List[Tensor], values: List[Tensor], biases: List[float], token_biases: List[Tensor]) -> Tensor:
    out, lse, = (self).attend_part(q, keys[0], values[0], token_biases[0])
    merged = out
    total = torch.add(lse, biases[0])
    for i in range(torch.sub(torch.len(keys), 1)):
      j = torch.add(i, 1)
      part, part_lse, = (self).attend_part(q, keys[j], values[j], token_biases[j])
      biased = torch.add(part_lse, biases[j])
      weight = torch.type_as(torch.unsqueeze(torch.sigmoid(torch.sub(biased, total)), -1), merged)
      merged = torch.lerp(merged, part, weight)
      total = torch.logaddexp(total, biased)
    return merged

  # An excluded token has so low a score that its weight is 0; minus infinity would give NaN if all were excluded.
  def attend_part(self: __torch__.Merging, q: Tensor, key: Tensor, value: Tensor, token_bias: Tensor) -> Tuple[Tensor, Tensor]:
    b = torch.size(q, 0)
    k = torch.expand(key, [b, -1, -1, -1])
    v = torch.expand(value, [b, -1, -1, -1])
    if torch.gt(torch.numel(token_bias), 0):
      finite = torch.clamp_min(torch.type_as(token_bias, q), -10000.)
      mask = torch.expand(torch.unsqueeze(torch.unsqueeze(finite, 1), 1), [b, 1, torch.size(q, 2), torch.size(key, 2)])
      out, lse, = torch._scaled_dot_product_flash_attention_for_cpu(q, k, v, 0., False, attn_mask=mask)
    else:
      out, lse, = torch._scaled_dot_product_flash_attention_for_cpu(q, k, v)
    return (out, lse)
