package org.atelier.api.attention;

/**
 * Where a self-attention stands in the network.
 *
 * @param index position in registration order (down blocks, up blocks, then the middle), from 0
 * @param count how many self-attentions the network has
 * @param block {@code down0}, {@code down1}, … {@code up0}, … or {@code mid}
 * @param heads number of attention heads
 * @param height height of its feature map, in tokens
 * @param width width of its feature map, in tokens
 */
public record SelfAttentionLayer(int index, int count, String block, int heads, int height, int width) {}
