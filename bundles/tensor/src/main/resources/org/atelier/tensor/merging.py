# Attention over several parts, each attended apart and merged by its log-sum-exp. Nothing of a part is copied: one
# image's keys serve a whole batch through a stride of 0. The operator is not public API, so it is probed at start.
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
