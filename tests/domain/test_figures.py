"""The drawn person keeps the length of every limb, whatever the pose."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screening.domain import figures as body
from screening.domain.answers import Side
from screening.domain.figures import Limb, Pose, View

ANGLES = st.integers(-6, 6).map(lambda n: 15.0 * n)
LIMBS = st.builds(Limb, flex=ANGLES, abd=ANGLES, bend=st.sampled_from([0.0, 30.0, 90.0]))
REACHES = st.builds(
    Limb, reach=st.tuples(ANGLES, ANGLES, ANGLES), pole=st.sampled_from([(1.0, 0.0, 0.0), (0.0, 0.3, 1.0)])
)
POSES = st.builds(
    Pose,
    pelvis=st.tuples(ANGLES, ANGLES),
    roll=ANGLES,
    trunk=ANGLES,
    legs=st.fixed_dictionaries({side: st.one_of(LIMBS, REACHES) for side in Side}),
)


@given(POSES, st.sampled_from(View))
def test_no_pose_stretches_a_leg(pose, view):
    found = body.joints(pose, view)

    for side in Side:
        assert math.dist(found[f"hip_{side}"], found[f"knee_{side}"]) == pytest.approx(body.THIGH)
        assert math.dist(found[f"knee_{side}"], found[f"ankle_{side}"]) == pytest.approx(body.SHANK)


def test_a_foot_put_on_the_floor_stays_there():
    pose = Pose(pelvis=(0, 80), legs={Side.LEFT: Limb(reach=(8.0, 7.0, 0.0), pole=(0.0, 0.0, 1.0))})

    assert body.joints(pose, View.FRONT)["ankle_left"] == pytest.approx((8, 7, 0))


def test_seen_from_the_front_the_left_leg_is_on_the_viewers_right():
    found = body.joints(Pose(pelvis=(0, 90)), View.FRONT)

    assert found["hip_left"][0] > found["hip_right"][0]


def test_seen_from_the_side_the_right_side_is_near():
    found = body.joints(Pose(pelvis=(0, 90)), View.SIDE)

    assert found["hip_right"][2] > found["hip_left"][2]


@given(POSES)
def test_mirrored_twice_is_the_same_picture(pose):
    once = body.joints(body.mirrored(pose), View.FRONT)

    again = body.joints(body.mirrored(body.mirrored(pose)), View.FRONT)

    for name, point in body.joints(pose, View.FRONT).items():
        assert again[name] == pytest.approx(point)
    for side in Side:
        x, y, w = body.joints(pose, View.FRONT)[f"ankle_{side}"]
        assert once[f"ankle_{side.other}"] == pytest.approx((-x, y, w))


@given(POSES, POSES)
def test_halfway_ends_are_start_and_end(start, end):
    for share, pose in ((0.0, start), (1.0, end)):
        between = body.between(start, end, share)
        assert between.roll == pytest.approx(pose.roll)
        assert between.pelvis[:2] == pytest.approx(pose.pelvis[:2])
