"""Every number that the examples and answers of the concepts state, with the calculation that it comes from."""

from math import e, erfc, exp, log, log2, log10, pi, sqrt

EXAMPLES: dict[str, dict[str, float]] = {
    "local-learning-coefficient": {
        "0.5": 1 / 2,
        "1": 2 / 2,
    },
    "distribution-shift": {
        "2.45": 0.95 * 1 + 0.05 * 30,
        "15.5": 0.5 * 1 + 0.5 * 30,
    },
    "calibration": {
        "0.2": 0.9 - 0.7,
        "0.1": 0.5 * 0.2,
    },
    "out-of-distribution-detection": {
        "0.96": exp(4) / (exp(4) + 2),
        "0.58": exp(1) / (exp(1) + 2),
    },
    "adversarial-example": {
        "3.1": 3072 * 0.1 * 0.01,
    },
    "adversarial-training": {
        "41.5": 87.3 - 45.8,
    },
    "robustness": {
        "0.993": 1 - 0.99**500,
    },
    "red-teaming": {
        "1": 100 * 3 / 300,
        "10,000": 1000000.0 * 0.01,
    },
    "backdoor": {
        "1": 100 * 1000 / 100000,
    },
    "unlearning": {
        "0.85": (55 - 27) / (60 - 27),
    },
    "jailbreak": {
        "0.63": 1 - 0.99**100,
        "0.99996": 1 - 0.99**1000,
    },
    "neural-network": {
        "3": 0.5 * max(0, 2 * 3),
        "6": 2 * 3,
    },
    "loss-function": {
        "1": ((2 - 3) ** 2 + (4 - 3) ** 2) / 2,
    },
    "gradient-descent": {
        "2.4": 3 - 0.1 * 6,
        "1.92": 2.4 - 0.1 * 4.8,
    },
    "backpropagation": {
        "36": 2 * 6 * 3,
        "24": 2 * 6 * 2,
        "12": 2 * 6,
    },
    "parameter-count": {
        "2,362,368": 768 * 3072 + 3072,
    },
    "hyperparameter": {
        "0.61": 1 - 0.9**9,
        "0.3": 3 * 0.1,
    },
    "learning-rate": {
        "0.2": 2 / 10,
        "-0.9": 1 - 0.19 * 10,
        "-1.1": 1 - 0.21 * 10,
    },
    "edge-of-stability": {
        "200": 2 / 0.01,
        "100": 2 / 0.02,
    },
    "random-seed": {
        "22": 100 * erfc(1 / sqrt(2 / 3) / sqrt(2)),
    },
    "generalisation": {
        "90": 100 * (1 - 1 / 10),
        "30": 30 - 0,
    },
    "inductive-bias": {
        "1.25": 1 + (1 - (1 - 0.5)) / 2,
        "-0.25": -0.5 + (1 - (1 - 0.5)) / 2,
        "0.5": 0 + 1 / 2,
    },
    "regularisation": {
        "1.9": 2 * (1 - 0.05),
        "1.20": 2 * 0.95**10,
    },
    "grokking": {
        "9,409": 97 * 97,
        "2,823": round(0.3 * 9409),
        "6,586": 9409 - 2823,
    },
    "scaling-law": {
        "0.84": 10 ** (-0.076),
        "9,100": round(2 ** (1 / 0.076), -2),
    },
    "emergent-ability": {
        "0.11": 0.8**10,
        "0.35": 0.9**10,
        "0.60": 0.95**10,
        "0.90": 0.99**10,
    },
    "hidden-state": {
        "921,600": 12 * 100 * 768,
    },
    "feature": {
        "5": 3 * 0.6 + 4 * 0.8,
        "1.8": 3 * 0.6,
        "0": 4 * 0.6 - 3 * 0.8,
    },
    "interpretability": {
        "144": 12 * 12,
    },
    "polysemanticity": {
        "0.25": 0.01 / 0.04,
    },
    "superposition": {
        "0.036": 1 / sqrt(768),
        "0.36": 10 / sqrt(768),
    },
    "sparse-autoencoder": {
        "0.25": 0.5**2,
        "0.05": 0.1 * 0.5,
        "0.30": 0.25 + 0.05,
    },
    "circuit": {
        "144": 144,
        "18": 100 * 26 / 144,
    },
    "induction-head": {
        "4.6": log(100),
    },
    "probe": {
        "15": 95 - 80,
    },
    "ablation": {
        "0.6": 2.6 - 2.0,
        "0.02": 2.02 - 2.0,
    },
    "saliency-map": {
        "5": 3 + 2,
    },
    "residual-stream": {
        "3": 0 + 2 + 1,
        "1": 0 + 1,
    },
    "linear-probe": {
        "0.82": 1 / (1 + exp(-1.5)),
        "0.27": 1 / (1 + exp(1)),
    },
    "steering-vector": {
        "2": 2 - 0,
        "1": 0 + 0.5 * 2,
    },
    "deception-probe": {
        "8.7": 100 * 0.001 * 0.95 / (0.001 * 0.95 + 0.999 * 0.01),
    },
    "transcoder": {
        "0.2": 100 * 50 / 24576,
    },
    "attribution-graph": {
        "3": 2 * 1.5,
        "2": 1 * 2,
        "5": 2 * 1.5 + 1 * 2,
    },
    "dictionary-metrics": {
        "2.7": 6 - 3.3,
        "90": 100 * 2.7 / 3,
    },
    "token": {
        "400": 300 / 0.75,
        "800": 400 * 2,
    },
    "attention": {
        "0.73": 1 / (1 + exp(-1)),
        "0.27": 1 - 1 / (1 + exp(-1)),
        "7.3": 10 / (1 + exp(-1)),
    },
    "transformer": {
        "7.1": 12 * 768**2 / 1000000.0,
        "85": 12 * 12 * 768**2 / 1000000.0,
        "39": 50257 * 768 / 1000000.0,
    },
    "next-token-loss": {
        "6": -log2(0.5) - log2(0.25) - log2(0.125),
        "4": 2**2,
    },
    "teacher-forcing": {
        "0.37": 0.99**100,
    },
    "pretraining-and-fine-tuning": {
        "2": 10000 * 200 / 1000000.0,
        "150,000": 300000000000.0 / 2000000.0,
    },
    "in-context-learning": {
        "5": len("mouse"),
        "3": len("cat"),
    },
    "context-window": {
        "2,952": 5000 - 2048,
        "4.2": 2048**2 / 1000000.0,
    },
    "computation-per-token": {
        "0.25": 2 * 124000000.0 / 1000000000.0,
        "2,400": 200 * 12,
    },
    "chain-of-thought": {
        "0.37": 0.99**100,
        "0.90": 0.999**100,
    },
    "faithfulness": {
        "25": 100 * 25 / 100,
    },
    "myopia": {
        "10": 0 + 10,
    },
    "performative-prediction": {
        "0.4": 0.2 + 0.5 * 0.4,
    },
    "chain-of-thought-monitorability": {
        "0.97": 1 - 0.5**5,
        "0.41": 1 - 0.9**5,
    },
    "graphical-model": {
        "0.58": 0.01 * (1 - 0.999 * 0.05 * (0.98 + 0.02 * 0.7)) / (1 - 0.999 * (1 - 0.01 * 0.95) * (1 - 0.02 * 0.3)),
        "0.03": 0.01 * (1 - 0.999 * 0.05 * 0.7) / (0.01 * (1 - 0.999 * 0.05 * 0.7) + 0.99 * (1 - 0.999 * 0.7)),
    },
    "message-passing": {
        "1,073,741,824": 2**30,
    },
    "elbo": {
        "-2.12": log(0.12),
        "-2.41": 0.5 * log(0.1) + 0.5 * log(0.02) + log(2),
        "0.29": log(0.12) - (0.5 * log(0.1) + 0.5 * log(0.02) + log(2)),
    },
    "variational-inference": {
        "0.69": log(2),
    },
    "mean-field": {
        "0.5": 2 * 0.5 * 0.5,
    },
    "variational-autoencoder": {
        "0.8": 1 + 0.5 * -0.4,
    },
    "power-seeking": {
        "3/4": 3 / 4,
        "0.75": 3 / 4,
        "0.5": 1 / 2,
    },
    "causal-graph": {
        "0.58": (40 + 18) / 100,
        "0.70": (40 / 80 + 18 / 20) / 2,
    },
    "intervention": {
        "0.75": 0.3 / (0.3 + 0.7 / 7),
    },
    "causal-influence-diagram": {
        "0.6": 0.5 * 1 + 0.5 * 0.2,
    },
    "value-of-information": {
        "0.6": 0.6,
        "0.4": 1 - 0.6,
        "0.92": 0.9 + 0.1 * 0.2,
        "0.08": 1 - 0.92,
    },
    "instrumental-control-incentive": {
        "0.88": 0.8 + 0.2 * 0.4,
        "0.78": 0.88 - 0.1,
        "0.58": 0.3 + 0.7 * 0.4,
    },
    "sandbagging": {
        "0.29": 0.93 * 0.25 + 0.07 * 0.8,
    },
    "password-locked-model": {
        "0.9": (70 - 25) / (75 - 25),
    },
    "elicitation-gap": {
        "40": 60 - 20,
    },
    "dangerous-capability-evaluation": {
        "30": 100 * 12 / 40,
        "16": 100 * (0.3 - 1.96 * sqrt(0.21 / 40)),
        "44": 100 * (0.3 + 1.96 * sqrt(0.21 / 40)),
    },
    "time-horizon": {
        "164": 50 * 2 ** (12 / 7),
        "29": 50 * 2 ** (36 / 7) / 60,
    },
    "safety-case": {
        "0.85": 1 - 3 * 0.05,
        "0.857": 0.95**3,
    },
    "machine-ethics": {
        "77.5": (95 + 60) / 2,
    },
    "hazard-analysis": {
        "1,000": 10**3,
    },
    "gradual-disempowerment": {
        "36": 100 * 0.95**20,
    },
    "compute-governance": {
        "6.3": 6 * 70000000000.0 * 15000000000000.0 / 1e24,
    },
    "probability-distribution": {
        "1": 0.7 + 0.2 + 0.1,
    },
    "expectation": {
        "-1.01": 0.99 * 1 - 0.01 * 200,
    },
    "conditioning": {
        "1/3": 1 / 3,
    },
    "chain-rule-of-probability": {
        "0.05": 0.5 * 0.2 * 0.5,
    },
    "bayes-rule": {
        "0.009": 0.01 * 0.9,
        "0.0891": 0.99 * 0.09,
        "0.092": 0.009 / (0.009 + 0.0891),
    },
    "marginal-likelihood": {
        "0.12": 0.5 * 0.2 + 0.5 * 0.04,
        "0.83": 0.1 / 0.12,
    },
    "entropy": {
        "1.36": -(0.7 * log2(0.7) + 0.3 * log2(0.1)),
        "2": log2(4),
    },
    "cross-entropy": {
        "2": -log2(0.25),
        "1.39": -log(0.25),
    },
    "kl-divergence": {
        "0.51": 0.5 * log(0.5 / 0.9) + 0.5 * log(0.5 / 0.1),
        "0.37": 0.9 * log(0.9 / 0.5) + 0.1 * log(0.1 / 0.5),
    },
    "jensens-inequality": {
        "1.61": log(5),
        "1.10": (log(1) + log(9)) / 2,
    },
    "boltzmann-distribution": {
        "0.75": 1 / (1 + exp(-1.1)),
        "0.90": 1 / (1 + exp(-2.2)),
        "0.55": 1 / (1 + exp(-0.22)),
    },
    "heavy-tail": {
        "741": 1 / (0.5 * erfc(3 / sqrt(2))),
        "31,574": 1 / (0.5 * erfc(4 / sqrt(2))),
    },
    "mutual-information": {
        "0.53": 1 + 0.9 * log2(0.9) + 0.1 * log2(0.1),
        "0.47": -(0.9 * log2(0.9) + 0.1 * log2(0.1)),
    },
    "confidence-interval": {
        "0.021": 1.96 * sqrt(0.87 * 0.13 / 1000),
        "0.01": 3 / 300,
    },
    "scalable-oversight": {
        "40": 90 - 50,
        "5": 55 - 50,
    },
    "iterated-amplification": {
        "100": 10 * 10,
        "1,000": 10**3,
    },
    "recursive-reward-modelling": {
        "0.2": 1 - 0.8,
    },
    "weak-to-strong-generalisation": {
        "15": 75 - 60,
        "30": 90 - 60,
    },
    "roc-curve": {
        "0.96": 0.5 * erfc(-(2.5 / sqrt(2)) / sqrt(2)),
        "67": 100 * 0.5 * erfc((2.0537 - 2.5) / sqrt(2)),
    },
    "ai-control": {
        "0.33": 1 - 0.67,
    },
    "trusted-and-untrusted-monitoring": {
        "0.8": (0.8 - 0.4) / (0.8 - 0.3),
    },
    "audit-budget": {
        "3.3": 100 * 0.001 * 0.67 / 0.02,
    },
    "steganography": {
        "12": 100 // 8,
    },
    "specification-gaming": {
        "600": 300 / 5 * 10,
    },
    "goodharts-law": {
        "3.55": 2.50759 * sqrt(2),
        "1.77": 2.50759 * sqrt(2) / 2,
    },
    "preference-model": {
        "0.50": 0.5,
        "0.73": 1 / (1 + exp(-1)),
        "0.88": 1 / (1 + exp(-2)),
        "0.98": 1 / (1 + exp(-4)),
        "0.85": log(0.7 / 0.3),
    },
    "reward-model": {
        "0.31": log(1 + exp(-1)),
        "1.31": log(1 + exp(1)),
    },
    "rlhf": {
        "0.73": 1 / (1 + exp(-1)),
        "0.99995": 1 / (1 + exp(-10)),
    },
    "reward-model-overoptimisation": {
        "6": 10 * (1.2 - 0.06 * 10),
        "0": 20 * (1.2 - 0.06 * 20),
        "10": 1.2 / 0.12,
    },
    "best-of-n": {
        "1.40": log(10) - 0.9,
        "3.62": log(100) - 0.99,
        "5.91": log(1000) - 0.999,
        "2.3": log(10),
    },
    "kl-penalty": {
        "2.30": log(10),
        "1.15": 0.5 * log(10),
    },
    "distribution-collapse": {
        "0.525": 1 / (1 + exp(-0.1)),
    },
    "direct-preference-optimisation": {
        "1.39": 2 * log(2),
        "0.139": 0.1 * 2 * log(2),
        "0.63": log(1 + exp(-0.1 * 2 * log(2))),
    },
    "inverse-rl": {
        "0.73": 1 / (1 + exp(-1)),
        "0.95": 1 / (1 + exp(-3)),
    },
    "assistance-game": {
        "0.5": 0.5 * 2 - 0.5 * 1,
        "1": 0.5 * 2,
    },
    "corrigibility": {
        "0.198": 0.5 * 0.5 * erfc(-0.5 / sqrt(2)) + exp(-0.125) / sqrt(2 * pi) - 0.5,
        "0.008": 2 * 0.5 * erfc(-2 / sqrt(2)) + exp(-2) / sqrt(2 * pi) - 2,
    },
    "side-effect": {
        "8": 10 - 2,
    },
    "constitutional-ai": {
        "16,000": 16 * 1000,
        "160": 16000 / 100,
    },
    "reward-hacking": {
        "0.03": 0.5**5,
    },
    "markov-decision-process": {
        "10": 1 / (1 - 0.9),
        "100": 1 / (1 - 0.99),
    },
    "reinforcement-learning": {
        "2": 0.25 * 8,
    },
    "policy-gradient": {
        "0.5": (1 + 0) / 2,
    },
    "exploration": {
        "1": 100 * 0.1 / 10,
    },
    "imitation-learning": {
        "37": 100 * 0.99**100,
    },
    "maximum-entropy-rl": {
        "0.73": 1 / (1 + exp(-1)),
        "1.31": log(1 + exp(1)),
    },
    "soft-value-function": {
        "0.69": log(2),
        "0.07": 0.1 * log(2),
    },
    "optimality-variable": {
        "0.37": exp(-1),
        "0.73": 1 / (1 + exp(-1)),
    },
    "control-as-inference": {
        "0.965": (0.5 * exp(5) + 0.5 * exp(-15)) / (0.5 * exp(5) + 0.5 * exp(-15) + exp(1)),
        "-5": 0.5 * 5 - 0.5 * 15,
    },
    "return-conditioning": {
        "-5": 0.5 * 5 - 0.5 * 15,
    },
    "verifiable-reward-rl": {
        "0.83": 1 - 0.8**8,
        "0.08": 1 - 0.99**8,
    },
    "goal-misgeneralisation": {
        "0.37": 0.99**100,
    },
    "deceptive-alignment": {
        "0.85": 0.7 / (0.8 + 0.2 * 0.9**20),
        "0.03": 0.2 * 0.9**20 / (0.8 + 0.2 * 0.9**20),
        "0.12": 0.1 / (0.8 + 0.2 * 0.9**20),
    },
    "scheming": {
        "0.24": 0.5 * 0.8 * 0.6,
    },
    "alignment-faking": {
        "14": 14 - 0,
    },
    "model-organism": {
        "0.5": 28 / 56,
    },
    "emergent-misalignment": {
        "20": 100 / 5,
    },
    "deliberative-alignment": {
        "32": 13 / 0.4,
    },
}
"""By concept: a number in its example, and what it must be."""

ANSWERS: dict[str, dict[str, float]] = {
    "local-learning-coefficient": {
        "69": 10 * log(1000),
    },
    "red-teaming": {
        "3": 100 * 3 / 100,
    },
    "loss-function": {
        "1": ((2 - 3) ** 2 + (4 - 3) ** 2) / 2,
    },
    "gradient-descent": {
        "2.4": 3 - 0.1 * 6,
    },
    "backpropagation": {
        "-0.75": 2 * (0.25 - 1) * 0.5,
        "0.65": 0.5 + 0.2 * 0.75,
        "36": 2 * 6 * 3,
    },
    "parameter-count": {
        "2,362,368": 768 * 3072 + 3072,
    },
    "learning-rate": {
        "0.2": 2 / 10,
    },
    "edge-of-stability": {
        "200": 2 / 0.01,
    },
    "random-seed": {
        "22": 100 * erfc(1 / sqrt(2 / 3) / sqrt(2)),
    },
    "regularisation": {
        "1.9": 2 - 0.5 * 0.1 * 2,
    },
    "scaling-law": {
        "9,000": round(2 ** (1 / 0.076), -3),
    },
    "emergent-ability": {
        "-9.7": 10 * log10(0.8**10),
        "-4.6": 10 * log10(0.9**10),
        "-2.2": 10 * log10(0.95**10),
        "-0.4": 10 * log10(0.99**10),
        "0.60": 0.95**10,
    },
    "hidden-state": {
        "131": 1000 * 32 * 4096 / 1e6,
        "768": 768,
    },
    "superposition": {
        "0.036": 1 / sqrt(768),
    },
    "sparse-autoencoder": {
        "0.24": 100 * 40 / 16384,
    },
    "next-token-loss": {
        "3": log2(8),
    },
    "computation-per-token": {
        "2,400": 12 * 200,
    },
    "chain-of-thought": {
        "0.37": 0.99**100,
    },
    "performative-prediction": {
        "66.7": 100 / 1.5,
    },
    "self-fulfilling-prophecy": {
        "0": 0**2,
        "1": 1**2,
    },
    "chain-of-thought-monitorability": {
        "0.5": (10 + 5 + 1) / 32,
    },
    "message-passing": {
        "120": 30 * 4,
    },
    "elbo": {
        "0.3": -1.0 - -1.3,
    },
    "variational-autoencoder": {
        "0.81": -log(2) + (2**2 + 0 - 1) / 2,
    },
    "power-seeking": {
        "3/4": 3 / 4,
    },
    "value-of-information": {
        "0.4": 1 - (0.5 * 1 + 0.5 * 0.2),
    },
    "sandbagging": {
        "25": 100 / 4,
    },
    "time-horizon": {
        "400": 50 * 2 ** (12 / 4),
    },
    "evaluation-awareness": {
        "4": 0.4 * 1 + 0.6 * 6,
    },
    "compute-governance": {
        "111": 1e25 / (6 * 15e12) / 1e9,
    },
    "probability-distribution": {
        "1.1": 0.5 + 0.3 + 0.3,
        "0.45": 0.5 / 1.1,
        "0.27": 0.3 / 1.1,
        "0.1": (1 - 0.5) / 5,
    },
    "expectation": {
        "-1.004": 0.999 * 4 - 0.001 * 5000,
        "0.1": 0.1 * 10 - 0.9 * 1,
    },
    "conditioning": {
        "1/3": (1 / 4) / (3 / 4),
    },
    "chain-rule-of-probability": {
        "0.324": 0.9 * 0.9 * 0.8 * 0.5,
        "1.63": -log2(0.324),
        "0.05": 0.5 * 0.2 * 0.5,
    },
    "bayes-rule": {
        "9": 100 * 0.009 / (0.009 + 0.0891),
    },
    "marginal-likelihood": {
        "0.5625": 0.5 * 0.125 + 0.5,
        "1/9": 0.0625 / 0.5625,
        "0.12": 0.5 * 0.2 + 0.5 * 0.04,
    },
    "entropy": {
        "0.47": -0.9 * log2(0.9) - 0.1 * log2(0.1),
        "2": log2(4),
    },
    "cross-entropy": {
        "1.74": -0.5 * log2(0.9) - 0.5 * log2(0.1),
        "0.74": -0.5 * log2(0.9) - 0.5 * log2(0.1) - 1,
        "2": -log2(0.25),
    },
    "jensens-inequality": {
        "1.61": log(5),
        "1.39": (log(2) + log(8)) / 2,
        "0.22": log(5) - log(16) / 2,
    },
    "boltzmann-distribution": {
        "1/4": 1 / (1 + exp(log(3))),
        "3/4": exp(log(3)) / (1 + exp(log(3))),
    },
    "mutual-information": {
        "0": log2(2) - log2(2),
        "1": log2(4) - log2(2),
    },
    "confidence-interval": {
        "0.136": 1.96 * sqrt(0.4 * 0.6 / 50),
        "0.001": 3 / 3000,
    },
    "weak-to-strong-generalisation": {
        "50": 100 * (70 - 60) / (80 - 60),
    },
    "roc-curve": {
        "0.95": 95 / 100,
        "0.005": 50 / 10000,
        "0.16": 0.95 / (0.95 + 999 * 0.005),
    },
    "ai-control": {
        "0.96": 1 - (1 - 0.67) ** 3,
        "0.70": 1 - 0.67**3,
    },
    "audit-budget": {
        "0.015": 0.01 / 0.67,
    },
    "preference-model": {
        "75": 100 * 3 / (1 + 3),
    },
    "reward-model-overoptimisation": {
        "10": 1.2 / (2 * 0.06),
    },
    "best-of-n": {
        "1.40": log(10) - 9 / 10,
    },
    "kl-penalty": {
        "0.73": e / (1 + e),
    },
    "direct-preference-optimisation": {
        "1.39": 2 * log(2),
        "0.22": log(1 + exp(-2 * log(2))),
    },
    "markov-decision-process": {
        "10": 1 / (1 - 0.9),
    },
    "soft-value-function": {
        "0.69": log(2),
    },
    "return-conditioning": {
        "-5": 0.5 * 5 - 0.5 * 15,
    },
    "deceptive-alignment": {
        "0.012": 0.1 * 0.9**20,
        "0.024": 0.2 * 0.9**20,
        "0.017": 0.1 * 0.9**20 / (0.7 + 0.3 * 0.9**20),
        "12": 100 * 0.1 / (0.8 + 0.2 * 0.9**20),
    },
}
"""By concept: a number in the answers of its question and its exercise, and what it must be."""
