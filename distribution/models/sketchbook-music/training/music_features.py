"""What sketchbook-music hears: log-mel spectrograms as ClapFeatureExtractor of transformers makes them, with the settings of PREPROCESSOR."""
import numpy as np
import torch
from transformers.audio_utils import mel_filter_bank

PREPROCESSOR = {"feature_extractor_type": "ClapFeatureExtractor", "feature_size": 256, "sampling_rate": 16_000, "hop_length": 1600, "fft_window_size": 4096,
                "max_length_s": 10, "frequency_min": 40, "frequency_max": 7600, "padding": "repeatpad", "truncation": "rand_trunc", "padding_value": 0.0, "top_db": None, "return_attention_mask": False}
WINDOW = PREPROCESSOR["max_length_s"] * PREPROCESSOR["sampling_rate"]
BANDS, FRAMES = PREPROCESSOR["feature_size"], WINDOW // PREPROCESSOR["hop_length"] + 1
FILTERS = torch.from_numpy(mel_filter_bank(
    PREPROCESSOR["fft_window_size"] // 2 + 1, BANDS, PREPROCESSOR["frequency_min"], PREPROCESSOR["frequency_max"], PREPROCESSOR["sampling_rate"],
    norm="slaney", mel_scale="slaney")).float()
HANN = torch.hann_window(PREPROCESSOR["fft_window_size"], periodic=True)


def features(samples):
    """(frames, bands) of at most a window of samples; shorter ones are repeated as often as they fit, then followed by silence."""
    samples = np.tile(samples, max(1, WINDOW // len(samples)))
    samples = torch.from_numpy(np.pad(samples, (0, WINDOW - len(samples)))).float()
    spectrum = torch.stft(samples, PREPROCESSOR["fft_window_size"], PREPROCESSOR["hop_length"], window=HANN, center=True, pad_mode="reflect", return_complex=True)
    power = spectrum.abs() ** 2
    return 10 * torch.log10(torch.clamp(FILTERS.T @ power, min=1e-10)).T


if __name__ == "__main__":
    from transformers import ClapFeatureExtractor
    extractor = ClapFeatureExtractor(**{key: value for key, value in PREPROCESSOR.items() if key != "feature_extractor_type"})
    for count in (WINDOW, 70_000, 110_000):
        sound = np.random.default_rng(1).normal(0, .1, count).astype(np.float32)
        expected = extractor(sound, sampling_rate=16_000, return_tensors="pt").input_features[0, 0]
        print(count, expected.shape, (expected - features(sound)).abs().max().item())
