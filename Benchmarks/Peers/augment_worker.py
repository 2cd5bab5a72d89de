"""One case of `scripts/bench augment` with one peer: prints the CPU-seconds of one sample and the version as JSON.

    augment_worker.py CASE PEER IMAGE SIZES COUNT [OUTPUT]

The libraries are loaded, and one sample is done, before the clock starts; all of them work on one thread.
"""

import json
import os
import sys
import time

for name in ("OMP_NUM_THREADS", "MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
    os.environ[name] = "1"
os.environ["NO_ALBUMENTATIONS_UPDATE"] = "1"

import numpy  # noqa: E402

MEAN, DEVIATION = (0.485, 0.456, 0.406), (0.229, 0.224, 0.225)


def cv2_alone():
    import cv2
    cv2.setNumThreads(1)
    return cv2


def recipe_albumentations(image, plain):
    import albumentations as A
    cv2_alone()
    hue = () if plain else (0.05,)
    steps = [A.D4(p=1), A.Affine(rotate=(-15, 15), scale=(0.9, 1.1), translate_percent=(-0.05, 0.05), p=1),
             A.RandomCrop(224, 224), A.ColorJitter((0.8, 1.2), (0.8, 1.2), (0.8, 1.2), (-0.05, 0.05) if hue else (0, 0), p=1)]
    if not plain:
        steps.append(A.GaussianBlur(sigma_limit=(0.1, 1.5), blur_limit=0, p=0.3))
    steps += [A.Normalize(MEAN, DEVIATION), A.ToTensorV2()]
    chain = A.Compose(steps)
    return f"albumentations {A.__version__}", lambda: chain(image=image)["image"].contiguous()


def recipe_torchvision(image, plain):
    import torch
    import torchvision
    from torchvision.transforms import v2
    torch.set_num_threads(1)
    steps = [v2.RandomHorizontalFlip(), v2.RandomVerticalFlip(),
             v2.RandomAffine(15, translate=(0.05, 0.05), scale=(0.9, 1.1), interpolation=v2.InterpolationMode.BILINEAR),
             v2.RandomCrop(224), v2.ColorJitter(0.2, 0.2, 0.2, 0 if plain else 0.014)]
    if not plain:
        steps.append(v2.RandomApply([v2.GaussianBlur(9, (0.1, 1.5))], p=0.3))
    steps += [v2.ToDtype(torch.float32, scale=True), v2.Normalize(MEAN, DEVIATION)]
    chain = v2.Compose(steps)
    tensor = torch.from_numpy(image).permute(2, 0, 1).contiguous()
    return f"torchvision {torchvision.__version__}", lambda: chain(tensor)


def recipe_kornia(image, plain):
    import kornia
    import kornia.augmentation as K
    import torch
    torch.set_num_threads(1)
    steps = [K.RandomHorizontalFlip(), K.RandomVerticalFlip(),
             K.RandomAffine(15, (0.05, 0.05), (0.9, 1.1), p=1.0), K.RandomCrop((224, 224)),
             K.ColorJitter(0.2, 0.2, 0.2, 0 if plain else 0.014, p=1.0)]
    if not plain:
        steps.append(K.RandomGaussianBlur((9, 9), (0.1, 1.5), p=0.3))
    steps.append(K.Normalize(torch.tensor(MEAN), torch.tensor(DEVIATION)))
    chain = K.AugmentationSequential(*steps)
    tensor = torch.from_numpy(image).permute(2, 0, 1).contiguous()
    return f"kornia {kornia.__version__}", lambda: chain(tensor[None].float() / 255)


def hed_albumentations(image):
    import albumentations as A
    cv2_alone()
    chain = A.Compose([A.HEStain(method="preset", preset="ruifrok", intensity_scale_range=(0.95, 1.05),
                                 intensity_shift_range=(-0.05, 0.05), augment_background=True, p=1)])
    return f"albumentations {A.__version__}", lambda: chain(image=image)["image"]


def single_opencv(image, case):
    cv2 = cv2_alone()
    height, width = image.shape[:2]
    turn = cv2.getRotationMatrix2D(((width - 1) / 2, (height - 1) / 2), -30, 1)
    clahe = cv2.createCLAHE(2.0, (8, 8))
    gray = numpy.ascontiguousarray(image[:, :, 1])
    work = {
        "resize": lambda: cv2.resize(image, (160, 160), interpolation=cv2.INTER_LINEAR),
        "rotate": lambda: cv2.warpAffine(image, turn, (width, height), flags=cv2.INTER_LINEAR),
        "flip": lambda: cv2.flip(image, 1),
        "blur": lambda: cv2.GaussianBlur(image, (0, 0), 1.5),
        "clahe": lambda: clahe.apply(gray),
    }[case]
    return f"opencv {cv2.__version__}", work


def volume_torchio(image, labels, elastic):
    import torch
    import torchio
    torch.set_num_threads(1)
    subject = torchio.Subject(image=torchio.ScalarImage(tensor=torch.from_numpy(image)[None]),
                              labels=torchio.LabelMap(tensor=torch.from_numpy(labels)[None]))
    steps = [torchio.RandomAffine(scales=(0.7, 1.4), degrees=30, translation=0)]
    if elastic:
        steps.append(torchio.RandomElasticDeformation(7, 7.5, 2))
    chain = torchio.Compose(steps)
    return f"torchio {torchio.__version__}", lambda: chain(subject)


def volume_batchgenerators(image, labels, elastic):
    import importlib.metadata
    import torch
    from batchgeneratorsv2.transforms.spatial.spatial import SpatialTransform
    torch.set_num_threads(1)
    chain = SpatialTransform(
        patch_size=image.shape, patch_center_dist_from_border=0, random_crop=False, p_elastic_deform=1 if elastic else 0,
        elastic_deform_scale=(0.1, 0.2), elastic_deform_magnitude=(0.02, 0.06), p_rotation=1,
        rotation=(-30 / 180 * numpy.pi, 30 / 180 * numpy.pi), p_scaling=1, scaling=(0.7, 1.4))
    data, mask = torch.from_numpy(image)[None], torch.from_numpy(labels)[None].to(torch.int16)
    version = importlib.metadata.version("batchgeneratorsv2")
    return f"batchgeneratorsv2 {version}", lambda: chain(image=data, segmentation=mask)


def volume_monai(image, labels, elastic):
    import monai
    import torch
    from monai.transforms import Compose, RandAffined, Rand3DElasticd
    torch.set_num_threads(1)
    ranges = dict(rotate_range=(0.52,) * 3, scale_range=(0.3,) * 3, mode=("bilinear", "nearest"), prob=1.0)
    keys = ("image", "labels")
    step = Rand3DElasticd(keys, (5, 8), (100, 200), **ranges) if elastic else RandAffined(keys, **ranges)
    chain = Compose([step])
    data = {"image": torch.from_numpy(image)[None], "labels": torch.from_numpy(labels)[None].float()}
    return f"monai {monai.__version__}", lambda: chain(dict(data))


def nnunet_batchgenerators(image, labels):
    """The default recipe of nnU-Net in 3-D, as its trainer puts it together."""
    import importlib.metadata
    import torch
    from batchgeneratorsv2.transforms.intensity.brightness import MultiplicativeBrightnessTransform
    from batchgeneratorsv2.transforms.intensity.contrast import BGContrast, ContrastTransform
    from batchgeneratorsv2.transforms.intensity.gamma import GammaTransform
    from batchgeneratorsv2.transforms.intensity.gaussian_noise import GaussianNoiseTransform
    from batchgeneratorsv2.transforms.noise.gaussian_blur import GaussianBlurTransform
    from batchgeneratorsv2.transforms.spatial.low_resolution import SimulateLowResolutionTransform
    from batchgeneratorsv2.transforms.spatial.mirroring import MirrorTransform
    from batchgeneratorsv2.transforms.spatial.spatial import SpatialTransform
    from batchgeneratorsv2.transforms.utils.compose import ComposeTransforms
    from batchgeneratorsv2.transforms.utils.random import RandomTransform
    torch.set_num_threads(1)
    angle = 30 / 180 * numpy.pi
    chain = ComposeTransforms([
        SpatialTransform((128, 128, 128), patch_center_dist_from_border=0, random_crop=False, p_elastic_deform=0,
                         p_rotation=0.2, rotation=(-angle, angle), p_scaling=0.2, scaling=(0.7, 1.4),
                         p_synchronize_scaling_across_axes=1, bg_style_seg_sampling=False),
        RandomTransform(GaussianNoiseTransform((0, 0.1), 1, True), 0.1),
        RandomTransform(GaussianBlurTransform((0.5, 1.0), False, False, 0.5, True), 0.2),
        RandomTransform(MultiplicativeBrightnessTransform(BGContrast((0.75, 1.25)), False, 1), 0.15),
        RandomTransform(ContrastTransform(BGContrast((0.75, 1.25)), True, False, 1), 0.15),
        RandomTransform(SimulateLowResolutionTransform((0.5, 1), False, True, None, None, 0.5), 0.25),
        RandomTransform(GammaTransform(BGContrast((0.7, 1.5)), 1, False, True, 1), 0.1),
        RandomTransform(GammaTransform(BGContrast((0.7, 1.5)), 0, False, True, 1), 0.3),
        MirrorTransform((0, 1, 2))])
    data, mask = torch.from_numpy(image)[None], torch.from_numpy(labels)[None].to(torch.int16)
    version = importlib.metadata.version("batchgeneratorsv2")
    return f"batchgeneratorsv2 {version}", lambda: chain(image=data, segmentation=mask)


def prepared(case, peer, path, sizes):
    if len(sizes) == 2:
        image = numpy.fromfile(path, numpy.uint8).reshape(*sizes, 3)
        if case.startswith("recipe"):
            return globals()[f"recipe_{peer}"](image, case == "recipe_plain")
        return hed_albumentations(image) if case == "hed" else single_opencv(image, case)
    image = numpy.fromfile(path, numpy.float32).reshape(sizes)
    labels = numpy.fromfile(path + ".labels", numpy.uint8).reshape(sizes)
    if case == "nnunet":
        return nnunet_batchgenerators(image, labels)
    return globals()[f"volume_{peer}"](image, labels, case == "affine_elastic")


def main():
    case, peer, path, sizes, count = sys.argv[1:6]
    version, work = prepared(case, peer, path, tuple(int(size) for size in sizes.split("x")))
    result = work()
    if len(sys.argv) > 6:
        numpy.asarray(result, numpy.float32).tofile(sys.argv[6])
    cpu, wall = time.process_time(), time.perf_counter()
    for _ in range(int(count)):
        work()
    cpu, wall = time.process_time() - cpu, time.perf_counter() - wall
    print(json.dumps({"version": version, "cpu": cpu / int(count), "wall": wall / int(count)}))


if __name__ == "__main__":
    main()
