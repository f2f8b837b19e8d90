"""Three papers, read and noted on as a reader would: the library behind the golden reading summary of a list."""

from kb.config import Home
from kb.models.anchor import Anchor
from kb.models.note import AgendaBearing, Bearing, LinkKind, Note
from kb.models.paper import Paper, PaperDraft
from kb.models.reading_list import Entry
from tests.export.library import OVERSIGHT, Shelf, quote

FILES = {"1706.03741": "1706.03741v4.pdf", "2210.10760": "2210.10760v1.pdf", "1805.00899": "1805.00899v2.pdf"}
"""The real files that the quotes are from."""

PREFERENCES = PaperDraft(
    title="Deep Reinforcement Learning from Human Preferences",
    authors=("Paul F Christiano", "Jan Leike", "Tom B Brown", "Miljan Martic", "Shane Legg", "Dario Amodei"),
    year=2017,
    arxiv_id="1706.03741",
    venue="Advances in Neural Information Processing Systems (NeurIPS)",
)
OVEROPTIMIZATION = PaperDraft(
    title="Scaling Laws for Reward Model Overoptimization",
    authors=("Leo Gao", "John Schulman", "Jacob Hilton"),
    year=2022,
    arxiv_id="2210.10760",
)
DEBATE = PaperDraft(
    title="AI safety via debate",
    authors=("Geoffrey Irving", "Paul Christiano", "Dario Amodei"),
    year=2018,
    arxiv_id="1805.00899",
)
UNTESTED = AgendaBearing(agenda="scalable-oversight", bearing=Bearing.NEUTRAL)


def read_three_papers(home: Home) -> Shelf:
    """The library after the reading."""
    shelf = Shelf(home)
    static = read_preferences(shelf, shelf.paper(PREFERENCES))
    read_overoptimization(shelf, shelf.paper(OVEROPTIMIZATION), static)
    read_debate(shelf, shelf.paper(DEBATE))
    shelf.course(
        Entry(id="e1", order=1, title=PREFERENCES.title, week=4, section="Week 4: Learning what people want"),
        Entry(id="e2", order=2, title=OVEROPTIMIZATION.title, week=4, section="Week 4: Learning what people want"),
        Entry(id="e3", order=3, title=DEBATE.title, week=4, section="Week 4: Learning what people want"),
        Entry(
            id="e4",
            order=4,
            title="Recursively Summarizing Books with Human Feedback",
            authors=("Jeff Wu", "Long Ouyang", "Daniel M. Ziegler"),
            year=2021,
            week=4,
            section="Week 4: Learning what people want",
            level="further",
            minutes=40,
        ),
        title="Alignment reading group",
    )
    for entry, draft in (("e1", PREFERENCES), ("e2", OVEROPTIMIZATION), ("e3", DEBATE)):
        shelf.reading_lists.attach("course", entry, shelf.papers.add(draft).id)
    return shelf


def read_preferences(shelf: Shelf, paper: Paper) -> Note:
    """Notes on learning from comparisons; returns the lesson that another paper's notes rest on."""
    shelf.text(
        paper, (10, "3.1.1 Simulated Robotics"), (20, "3.1.2 Atari"), (30, "3.3 Ablation Studies"), sha256="a" * 64
    )
    shelf.note(
        "summary",
        paper,
        body="Nobody can write down a reward for a backflip, but anybody can say which of two clips looks more like "
        "one. The paper fits a reward model to such comparisons while the policy trains on it, and asks new questions "
        "as the policy changes. What I keep from it is that loop, more than the scores: few labels are enough "
        "*because* the questions keep up with the policy.",
    )
    labels = "With 700 labels we are able to nearly match reinforcement learning on all of these tasks."
    claim = shelf.note(
        "claim",
        paper,
        anchors=(at("providing feedback on less than 1% of our agent’s interactions with the environment", 1),),
        agendas=(OVERSIGHT,),
        statement="A few hours of comparisons by people who are no experts can steer deep RL",
        asserted_by="Christiano et al.",
    )
    matched = shelf.note(
        "evidence",
        paper,
        anchors=(at(labels, 7, 12),),
        observation="On eight simulated robots, 700 labels do nearly as well as the true reward",
        evidence_kind="small model",
    )
    qbert = shelf.note(
        "evidence",
        paper,
        anchors=(at("On Qbert, our method fails to learn to beat the first level with real human feedback", 8, 22),),
        observation="With labels by people, Qbert is not learnt past its first level",
        evidence_kind="small model",
    )
    doubt = "labels by people had a single run a task, and an author gave those for two of the eight"
    shelf.link(matched, claim, LinkKind.SUPPORTS, 0.8, doubt)
    shelf.link(qbert, claim, LinkKind.OPPOSES, 0.3)
    shelf.note(
        "method",
        paper,
        approach="Fit a reward model to comparisons of short clips, and train the policy on it at the same time",
        problem="no reward function for the behaviour that is wanted",
        baseline="RL on the true reward",
        outcome="mixed",
        cost="700 comparisons for a robot, 5,500 for an Atari game",
        limits="the raters can see which clip is better; nothing here goes beyond what they can see",
    )
    shelf.note("question", paper, body="Does any of this hold where a rater *cannot* tell which clip is better?")
    stuck = "On Pong such a reward sometimes taught the agent to lose no points, but not to score any (section 3.3)."
    ablation = "in general human feedback needs to be intertwined with RL learning rather than provided statically"
    return shelf.note(
        "lesson",
        paper,
        anchors=(at(ablation, 10, 31),),
        body=stuck,
        fact="A reward learnt only from early labels gets cheated by the later policy",
        relevant_for="RLHF pipelines that reuse old preference data",
    )


def read_overoptimization(shelf: Shelf, paper: Paper, static: Note) -> None:
    """Notes on what happens when a learned reward is optimised too hard."""
    headings = ((10, "3.1 Fitting and validating functional forms"), (20, "3.3 Scaling with RM Data Size"))
    later = (
        (30, "3.6 Effect of KL Penalty"),
        (40, "4.2.4 Adversarial Goodhart"),
        (50, "4.3 Implications for iterated RLHF"),
    )
    shelf.text(paper, *headings, *later, sha256="b" * 64)
    shelf.note(
        "summary",
        paper,
        body="Put a large reward model in the place of the people, let smaller ones learn from its labels, and "
        "Goodhart's law becomes a curve that can be fitted: the true score first rises with the distance from the "
        "initial policy, $d = \\sqrt{D_{KL}}$, then falls. The curves are clean. Whether they say anything about a "
        "policy that *means* to fool its reward model is another matter, and the authors say so.",
    )
    claim = shelf.note(
        "claim",
        paper,
        anchors=(at("its coefficients scale smoothly with the number of reward model parameters", 1),),
        agendas=(UNTESTED,),
        statement="How far a learned reward can be optimised before the true one falls can be predicted",
        asserted_by="Gao et al.",
    )
    ahead = shelf.note(
        "evidence",
        paper,
        anchors=(at("this was a true advance prediction", 5, 11),),
        observation="The best-of-n law, fitted up to 6 nats, still held at 10",
        evidence_kind="small model",
    )
    schemer = shelf.note(
        "evidence",
        paper,
        anchors=(at("When this occurs, the scaling laws observed in this paper may break down.", 10, 41),),
        observation="No policy here is able to manipulate its reward model on purpose",
        evidence_kind="argument",
    )
    shelf.link(ahead, claim, LinkKind.SUPPORTS)
    shelf.link(schemer, claim, LinkKind.UNDERCUTS, 0.7, "it bears on stronger models than these")
    shelf.note(
        "method",
        paper,
        approach="Let a gold reward model label the data for smaller ones; optimise against those, score with the gold",
        problem="too few labels by people to see overoptimisation at all",
        outcome="improved",
        limits="the gold standard is a model too: what it gets wrong, nobody sees",
    )
    shelf.note(
        "lesson",
        paper,
        anchors=(at("for amounts of data less than around 2,000 comparisons", 5, 21),),
        fact="Below some 2,000 comparisons a reward model learns next to nothing, whatever its size",
        relevant_for="small experiments, which may measure noise",
    )
    shelf.note(
        "lesson",
        paper,
        body="The authors have seen signs that this hangs on hyperparameters.",
        anchors=(at("the effect of the penalty on the gold score is akin to early stopping", 7, 31),),
        fact="A KL penalty stops optimisation early; it does not buy a better trade",
        relevant_for="RLHF as Bayesian inference, where the penalty is the prior",
    )
    mine = shelf.note(
        "claim",
        paper,
        body="Iterating adds $\\beta d \\log k$ to the true score and leaves $\\alpha$ as it is.",
        anchors=(at("the iterative approach does not affect any Goodharting captured by the αRL term", 10, 51),),
        agendas=(AgendaBearing(agenda="scalable-oversight", bearing=Bearing.UNDERMINES),),
        statement="Fresh labels buy time against overoptimisation, not safety from it",
        asserted_by="me",
    )
    shelf.link(mine, static, LinkKind.DEPENDS_ON)
    shelf.rate(mine, 0.6, 0.8, "the regressional part stays, however often one iterates")


def read_debate(shelf: Shelf, paper: Paper) -> None:
    """Notes on two agents that argue before a judge."""
    sections = ((10, "3.1 ML experiment: convincing a sparse classifier"), (20, "8 Conclusions and future work"))
    shelf.text(paper, *sections, sha256="c" * 64)
    shelf.note(
        "summary",
        paper,
        body="Where a person cannot judge an answer, they may still judge an argument about it. Two agents debate, and "
        "the hope is that it is harder to lie than to expose a lie. The theory is for perfect players and a judge "
        "without error; the only experiment has pixels in the place of words.",
    )
    claim = shelf.note(
        "claim",
        paper,
        anchors=(at("debate with optimal play can answer any question in PSPACE given polynomial time judges", 1),),
        agendas=(OVERSIGHT,),
        statement="With optimal play, a judge can settle far harder questions than they could alone",
        asserted_by="Irving et al.",
    )
    pixels = shelf.note(
        "evidence",
        paper,
        anchors=(
            at(
                "With 6 pixels, debate with precommit turns a 59.4% accurate judge into a 88.9% accurate debate", 10, 11
            ),
        ),
        observation="A judge who sees six pixels of a digit is right far more often if two agents choose them",
        evidence_kind="toy model",
    )
    doubt = "pixels cannot lie, and words can; and the judge of a debate chooses between two labels, not ten"
    shelf.link(pixels, claim, LinkKind.SUPPORTS, 0.4, doubt)
    shelf.note(
        "method",
        paper,
        approach="Both agents commit to a class, then take turns in revealing one pixel to a fixed judge",
        problem="the judge sees less than the agents do",
        baseline="the same judge on random pixels",
        metric="% of digits judged right:",
        value=88.9,
        baseline_value=59.4,
        outcome="improved",
        limits="agents play by tree search, and see the judge from inside",
    )
    shelf.note(
        "question",
        paper,
        body="Does the better arguer win because they are right, or because people find them convincing?",
        anchors=(at("know whether debate works in practice with human judges", 22, 21),),
    )
    shelf.note(
        "idea",
        paper,
        direction="Give the judge a known bias, and compare how much of it survives debate and direct judging",
        refuted_by="it survives both alike",
    )


def at(text: str, page: int, block: int | None = None) -> Anchor:
    """A quote on a page; without a block it stands before the first section."""
    return quote(text, page, block)
